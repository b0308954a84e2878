package io.mcpgateway.broker.client;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code initialize} agreed on.
 *
 * @param id the server's session id, if it keeps sessions; a secret of ours and the server's
 * @param result the server's whole result, byte for byte
 */
public record McpSession(
        Optional<String> id,
        String protocolVersion,
        ServerCapabilities capabilities,
        Instructions instructions,
        RawJson result) {
    public McpSession {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(capabilities, "capabilities");
        Objects.requireNonNull(instructions, "instructions");
        Objects.requireNonNull(result, "result");
    }

    @Override
    public String toString() {
        return "McpSession[" + protocolVersion + "]";
    }
}
