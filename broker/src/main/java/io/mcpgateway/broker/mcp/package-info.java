/**
 * The vocabulary of MCP and JSON-RPC as bytes and values: messages, ids, methods, headers, replies. Functional core: no
 * I/O, no clock, no logging.
 */
@NullMarked
package io.mcpgateway.broker.mcp;

import org.jspecify.annotations.NullMarked;
