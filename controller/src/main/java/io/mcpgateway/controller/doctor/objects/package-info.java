/**
 * How objects of others are: Deployments and Pods, labels, conditions. Pure.
 *
 * <p>Neighbours: {@code conditions}, {@code doctor.facts}, {@code doctor.findings}, {@code gatewayapi}.
 */
@NullMarked
package io.mcpgateway.controller.doctor.objects;

import org.jspecify.annotations.NullMarked;
