/**
 * What the network lets through between Pods, as far as NetworkPolicies and Istio's PeerAuthentications say. Pure.
 *
 * <p>Neighbours: {@code doctor.facts}, {@code doctor.findings}, {@code doctor.objects}, {@code gatewayapi}.
 */
@NullMarked
package io.mcpgateway.controller.doctor.network;

import org.jspecify.annotations.NullMarked;
