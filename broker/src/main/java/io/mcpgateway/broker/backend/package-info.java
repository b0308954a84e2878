/**
 * Backend sessions made on demand: one initialize through the gateway per (gateway session, server).
 * Neighbours allowed: {@code client}, {@code dispatch} (its port), {@code router}, {@code session}, {@code telemetry}.
 */
@NullMarked
package io.mcpgateway.broker.backend;

import org.jspecify.annotations.NullMarked;
