/**
 * MCPVirtualServer: which extensions get it and what its status says. Pure. Neighbours: {@code gatewayapi},
 * {@code conditions}, {@code fleet}.
 */
@NullMarked
package io.mcpgateway.controller.virtualserver;

import org.jspecify.annotations.NullMarked;
