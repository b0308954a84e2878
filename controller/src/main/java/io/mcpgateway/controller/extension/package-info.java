/**
 * MCPGatewayExtension: whether it may use its Gateway, what its broker is told, and what its status says. The functions
 * are pure. May use the planners of {@code registration} and {@code virtualserver}, never the reverse.
 */
@NullMarked
package io.mcpgateway.controller.extension;

import org.jspecify.annotations.NullMarked;
