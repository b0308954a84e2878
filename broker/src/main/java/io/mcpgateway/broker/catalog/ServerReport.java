package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What discovery knows of one server now. {@code tools} are those to serve: a server that missed one or two pings is
 * still {@link Phase#READY} with its tools; after the third it is {@link Phase#FAILED} without any.
 *
 * @param message for {@code /status}: what happened, in one sentence, no secrets
 * @param protocolVersion negotiated revision, once known
 * @param lastValidated when the server last answered
 */
public record ServerReport(
        ServerName server,
        Phase phase,
        String message,
        Optional<String> protocolVersion,
        List<ToolDefinition> tools,
        List<InvalidTool> invalidTools,
        Optional<Instant> lastValidated) {
    /** Where a server stands. */
    public enum Phase {
        CONNECTING,
        READY,
        FAILED
    }

    public ServerReport {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        tools = List.copyOf(tools);
        invalidTools = List.copyOf(invalidTools);
        Objects.requireNonNull(lastValidated, "lastValidated");
    }

    /** The state before the first answer. */
    public static ServerReport connecting(ServerName server) {
        return new ServerReport(
                server, Phase.CONNECTING, "connecting", Optional.empty(), List.of(), List.of(), Optional.empty());
    }
}
