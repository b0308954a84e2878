/**
 * The gateway without Envoy: a streaming reverse proxy that applies the same router decisions and holds no routing
 * rule of its own.
 */
@NullMarked
package io.mcpgateway.broker.embedded;

import org.jspecify.annotations.NullMarked;
