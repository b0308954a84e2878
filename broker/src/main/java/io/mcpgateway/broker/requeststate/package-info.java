/**
 * What a server gives a client to send back with the next round of a call (MCP 2026-07-28, "Multi Round-Trip Requests",
 * {@code requestState}), sealed for one caller. Functional core: no I/O, no clock, no randomness.
 */
@NullMarked
package io.mcpgateway.broker.requeststate;

import org.jspecify.annotations.NullMarked;
