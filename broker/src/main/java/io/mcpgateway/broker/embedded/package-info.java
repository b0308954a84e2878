/**
 * The gateway without Envoy: a streaming reverse proxy that applies the same router decisions.
 */
@NullMarked
package io.mcpgateway.broker.embedded;

import org.jspecify.annotations.NullMarked;
