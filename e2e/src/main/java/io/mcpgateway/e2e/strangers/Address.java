package io.mcpgateway.e2e.strangers;

import java.util.Optional;

/** The URL of the gateway at which clients use a server, as {@code STRANGERS_URL} chooses it. */
enum Address {
    /** {@code /mcp}, where all servers of a group are, with their prefixes. */
    EVERYTHING,
    /** Each server's own URL, where its names are original. */
    SERVER;

    static final String NAMESPACE = "strange";

    /** The one that the environment names; {@code /mcp} if it names none. */
    static Address chosen() {
        return named(Optional.ofNullable(System.getenv("STRANGERS_URL")).orElse(""));
    }

    static Address named(String name) {
        return switch (name) {
            case "" -> EVERYTHING;
            case "server" -> SERVER;
            default -> throw new IllegalArgumentException("STRANGERS_URL must be empty or server, not " + name);
        };
    }

    String path(String server) {
        return this == SERVER ? "/mcp/servers/" + NAMESPACE + "/" + server : "/mcp";
    }

    /** Of the names that clients see, if the gateway gives the server this one. */
    String prefix(String configured) {
        return this == SERVER ? "" : configured;
    }
}
