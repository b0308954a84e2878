/**
 * A line for each call that the router decides on, if that is turned on (docs/audit.md, docs/adr/053): what a line says is
 * pure, {@code AuditedDispatcher} makes it of each decision, {@code AuditLog} writes it.
 */
@NullMarked
package io.mcpgateway.broker.audit;

import org.jspecify.annotations.NullMarked;
