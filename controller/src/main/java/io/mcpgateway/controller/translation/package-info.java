/**
 * The controller's one function: the objects of a cluster in ({@link
 * io.mcpgateway.controller.translation.ClusterFacts}), what follows for each of ours out ({@link
 * io.mcpgateway.controller.translation.Translation}). Pure; above the plans of single objects and below the reconcilers.
 *
 * <p>Neighbours: {@code conditions}, {@code extension}, {@code gatewayapi}, {@code references}, {@code registration},
 * {@code virtualserver}.
 */
@NullMarked
package io.mcpgateway.controller.translation;

import org.jspecify.annotations.NullMarked;
