/**
 * MCPGatewayExtension: whether it may use its Gateway, what its broker is started with and told, and what its status
 * says. Pure: {@code Facts} in, {@code Plan} and status out. May use the planners of {@code registration} and {@code
 * virtualserver}, never the reverse.
 */
@NullMarked
package io.mcpgateway.controller.extension;

import org.jspecify.annotations.NullMarked;
