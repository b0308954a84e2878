/**
 * {@code make bench}: the gateway's overhead, as ratios to the same Envoy and server without it, measured in one run.
 * Everything, including load and server, runs on one machine, so absolute figures say little.
 */
@NullMarked
package io.mcpgateway.e2e.bench;

import org.jspecify.annotations.NullMarked;
