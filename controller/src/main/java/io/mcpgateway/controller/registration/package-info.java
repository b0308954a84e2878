/**
 * MCPServerRegistration: which extensions a registration goes to, which entry it becomes in their configuration, and
 * what its status says. Pure: {@code Facts} in, {@code Plan} and status out. Knows nothing of how extensions are planned.
 *
 * <p>Neighbours: {@code conditions}, {@code fleet}, {@code gatewayapi}, {@code reasons}, {@code references},
 * {@code secrets}.
 */
@NullMarked
package io.mcpgateway.controller.registration;

import org.jspecify.annotations.NullMarked;
