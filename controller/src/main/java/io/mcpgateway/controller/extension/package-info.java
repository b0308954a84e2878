/**
 * MCPGatewayExtension: whether it may use its Gateway, what its broker is started with, and what its status says. Pure:
 * {@code Facts} in, {@code Plan} and status out. Knows nothing of registrations.
 *
 * <p>Neighbours: {@code conditions}, {@code desired}, {@code fleet}, {@code gatewayapi}, {@code references},
 * {@code secrets}.
 */
@NullMarked
package io.mcpgateway.controller.extension;

import org.jspecify.annotations.NullMarked;
