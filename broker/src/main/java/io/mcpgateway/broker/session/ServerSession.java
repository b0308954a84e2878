package io.mcpgateway.broker.session;

import java.util.Objects;
import java.util.Optional;

/**
 * A session that a server opened for one gateway session.
 *
 * @param id the server's {@code Mcp-Session-Id}; empty if the server keeps no sessions
 * @param protocolVersion what was negotiated with the server, sent to it as {@code MCP-Protocol-Version}
 */
public record ServerSession(Optional<String> id, String protocolVersion) {
    public ServerSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
    }

    @Override
    public String toString() {
        return "ServerSession[" + protocolVersion + "]";
    }
}
