package io.mcpgateway.api.contract;

import java.util.Objects;

/**
 * The name of a registered MCP server: {@code <namespace>/<MCPServerRegistration name>} in a cluster, any non-empty
 * text without white space when standalone. Users see it in {@code x-mcp-servername} and {@code /status}.
 */
public record ServerName(String value) implements Comparable<ServerName> {
    public ServerName {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "a server name must not be empty or contain white space: '" + value + "'");
        }
    }

    @Override
    public int compareTo(ServerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
