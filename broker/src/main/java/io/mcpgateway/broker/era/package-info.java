/**
 * Which MCP a hop speaks. <em>Legacy</em> revisions (2025-11-25 and earlier) start with initialize and keep sessions;
 * <em>modern</em> ones (2026-07-28 and later) have neither. Functional core: no I/O, no clock, no logging.
 */
@NullMarked
package io.mcpgateway.broker.era;

import org.jspecify.annotations.NullMarked;
