/**
 * How the controller comes into a cluster and leaves it: objects to create at its start, rights that outlive its own
 * manifests, finalizers that it lets go of.
 *
 * <p>Neighbours: {@code cluster}, {@code gatewayapi}, {@code marks}, {@code settings}.
 */
@NullMarked
package io.mcpgateway.controller.installation;

import org.jspecify.annotations.NullMarked;
