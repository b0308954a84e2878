/** A small MCP client over streamable HTTP (revision 2025-11-25) that shows exactly what was returned. */
@NullMarked
package io.mcpgateway.e2e.client;

import org.jspecify.annotations.NullMarked;
