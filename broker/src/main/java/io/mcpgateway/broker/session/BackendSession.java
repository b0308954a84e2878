package io.mcpgateway.broker.session;

import java.util.Objects;
import java.util.Optional;

/**
 * A session that a backend server opened for one gateway session.
 *
 * @param id the backend's {@code Mcp-Session-Id}; empty if the server keeps no sessions
 * @param protocolVersion what was negotiated with the backend, sent to it as {@code MCP-Protocol-Version}
 */
public record BackendSession(Optional<String> id, String protocolVersion) {
    public BackendSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
    }

    @Override
    public String toString() {
        return "BackendSession[" + protocolVersion + "]";
    }
}
