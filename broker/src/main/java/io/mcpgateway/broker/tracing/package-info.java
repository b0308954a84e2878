/**
 * Spans of requests, sent with OTLP, if that is turned on (docs/traces.md, docs/adr/058): wrappers around what every
 * request passes anyway, which only exist then. What a span says is pure.
 */
@NullMarked
package io.mcpgateway.broker.tracing;

import org.jspecify.annotations.NullMarked;
