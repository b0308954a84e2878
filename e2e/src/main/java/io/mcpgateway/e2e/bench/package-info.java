/**
 * {@code make bench}: what the gateway costs, as ratios to the same Envoy and backend without it, taken in one run.
 * Everything is on one machine, the load and the backend too, so absolute figures say little.
 */
@NullMarked
package io.mcpgateway.e2e.bench;

import org.jspecify.annotations.NullMarked;
