/**
 * Counters, timers and the Prometheus listener.
 */
@NullMarked
package io.mcpgateway.broker.telemetry;

import org.jspecify.annotations.NullMarked;
