/**
 * MCPVirtualServer: which extensions get it and what its status says. Pure.
 *
 * <p>Neighbours: {@code conditions}, {@code fleet}, {@code gatewayapi}, {@code reasons}.
 */
@NullMarked
package io.mcpgateway.controller.virtualserver;

import org.jspecify.annotations.NullMarked;
