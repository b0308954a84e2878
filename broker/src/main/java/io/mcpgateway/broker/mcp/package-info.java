/**
 * The vocabulary of MCP and JSON-RPC as bytes and values: messages, ids, header names, SSE events, replies.
 * Functional core: no I/O, no clock, no logging. Neighbours allowed: JDK, Jackson.
 */
@NullMarked
package io.mcpgateway.broker.mcp;

import org.jspecify.annotations.NullMarked;
