/**
 * What the brokers of an extension run, compared with what they should. Pure.
 *
 * <p>Neighbour: {@code gatewayapi}.
 */
@NullMarked
package io.mcpgateway.controller.fleet;

import org.jspecify.annotations.NullMarked;
