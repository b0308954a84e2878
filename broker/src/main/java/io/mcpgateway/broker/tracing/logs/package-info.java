/**
 * Lines that a collector gets as log records, by OpenTelemetry's protocol (docs/audit.md, docs/adr/066).
 */
@NullMarked
package io.mcpgateway.broker.tracing.logs;

import org.jspecify.annotations.NullMarked;
