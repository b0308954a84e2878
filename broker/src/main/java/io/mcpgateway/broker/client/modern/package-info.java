/**
 * Requests to servers that speak a modern revision (MCP 2026-07-28 and later): each is one POST that says all about
 * itself. Payloads stay bytes. Blocking: call it on virtual threads.
 */
@NullMarked
package io.mcpgateway.broker.client.modern;

import org.jspecify.annotations.NullMarked;
