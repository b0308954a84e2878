/**
 * What the broker answers to clients that speak MCP 2026-07-28 or later: no session, each request says all about itself.
 */
@NullMarked
package io.mcpgateway.broker.endpoint.modern;

import org.jspecify.annotations.NullMarked;
