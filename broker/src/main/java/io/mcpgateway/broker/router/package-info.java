/**
 * The decision: request + facts in, {@link io.mcpgateway.broker.router.RouteDecision} out. Pure; both the Envoy
 * adapter and the embedded gateway apply its answers and neither contains a routing rule.
 */
@NullMarked
package io.mcpgateway.broker.router;

import org.jspecify.annotations.NullMarked;
