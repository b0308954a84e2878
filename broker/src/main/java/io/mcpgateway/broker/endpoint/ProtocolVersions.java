package io.mcpgateway.broker.endpoint;

import java.util.List;
import java.util.Optional;

/** Negotiation of the protocol revision with clients (MCP 2025-11-25, Lifecycle, "Version Negotiation"). Pure. */
final class ProtocolVersions {
    /** Oldest first. */
    static final List<String> KNOWN = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

    private ProtocolVersions() {}

    /** The version that the client asks for if we know it, else our newest, which the client may refuse. */
    static String negotiate(Optional<String> requested) {
        return requested.filter(KNOWN::contains).orElse(KNOWN.getLast());
    }
}
