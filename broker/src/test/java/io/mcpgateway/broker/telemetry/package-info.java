/** Metrics: their names, labels and texts, and what goes with a server. */
@NullMarked
package io.mcpgateway.broker.telemetry;

import org.jspecify.annotations.NullMarked;
