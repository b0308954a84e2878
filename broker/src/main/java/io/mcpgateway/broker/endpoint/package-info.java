/**
 * The HTTP side of the broker: /mcp, /status, health and OAuth metadata, and the listener that carries them. The HTTP
 * server is named in {@code HttpListener} and {@code HelidonExchange} only; everything else sees {@code HttpExchange}.
 * Neighbours allowed: {@code mcp}, {@code session}, {@code catalog}, {@code snapshot}, {@code settings},
 * {@code telemetry}, and of {@code router} the shared refusals of sessions.
 */
@NullMarked
package io.mcpgateway.broker.endpoint;

import org.jspecify.annotations.NullMarked;
