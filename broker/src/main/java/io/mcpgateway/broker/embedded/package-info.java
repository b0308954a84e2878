/**
 * The gateway without Envoy: a streaming reverse proxy that applies the same router decisions and holds no routing
 * rule of its own. Neighbours allowed: {@code dispatch}, {@code router}, {@code catalog}, {@code mcp}, of {@code client} the
 * address rule, and of {@code endpoint} the listener with its exchange.
 */
@NullMarked
package io.mcpgateway.broker.embedded;

import org.jspecify.annotations.NullMarked;
