/**
 * What doctor has read: of the cluster, of the brokers, of Envoy, and of a real call. Pure.
 *
 * <p>Neighbour: {@code gatewayapi}.
 */
@NullMarked
package io.mcpgateway.controller.doctor.facts;

import org.jspecify.annotations.NullMarked;
