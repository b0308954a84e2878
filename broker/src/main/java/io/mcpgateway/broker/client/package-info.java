/**
 * A thin MCP client over streamable HTTP that keeps payloads as bytes and bounds every wait and every answer. See
 * docs/adr/006-own-mcp-client.md. Blocking: call it on virtual threads.
 * Neighbours allowed: {@code mcp}, {@code session}.
 */
@NullMarked
package io.mcpgateway.broker.client;

import org.jspecify.annotations.NullMarked;
