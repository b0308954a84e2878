/**
 * What the brokers of an extension run, compared with what they should. Pure. Neighbours: {@code gatewayapi} and the
 * contract.
 */
@NullMarked
package io.mcpgateway.controller.fleet;

import org.jspecify.annotations.NullMarked;
