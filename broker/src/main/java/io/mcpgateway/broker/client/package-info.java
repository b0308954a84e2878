/**
 * A thin MCP client over streamable HTTP that keeps payloads as bytes and bounds every wait and every answer. See
 * docs/adr/006-own-mcp-client.md. Blocking: call it on virtual threads.
 */
@NullMarked
package io.mcpgateway.broker.client;

import org.jspecify.annotations.NullMarked;
