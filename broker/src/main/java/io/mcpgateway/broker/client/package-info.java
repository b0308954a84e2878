/**
 * A thin MCP client over streamable HTTP that keeps payloads as bytes. See docs/adr/006-own-mcp-client.md.
 */
@NullMarked
package io.mcpgateway.broker.client;

import org.jspecify.annotations.NullMarked;
