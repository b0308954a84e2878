/**
 * MCPServerRegistration: which extensions a registration goes to, which entry it becomes in their configuration, and
 * what its status says. Pure: {@code Facts} in, {@code Plan} and status out. Neighbours:
 * {@code gatewayapi}, {@code conditions}, {@code fleet}; never {@code extension}.
 */
@NullMarked
package io.mcpgateway.controller.registration;

import org.jspecify.annotations.NullMarked;
