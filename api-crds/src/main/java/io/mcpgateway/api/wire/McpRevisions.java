package io.mcpgateway.api.wire;

import java.util.List;
import java.util.stream.Stream;

/** The MCP revisions that the gateway speaks with clients, each list oldest first. */
public final class McpRevisions {
    /** Those that start with {@code initialize}. */
    public static final List<String> LEGACY = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

    /** Those that have no {@code initialize}, and no sessions. */
    public static final List<String> MODERN = List.of("2026-07-28");

    public static final List<String> ALL =
            Stream.concat(LEGACY.stream(), MODERN.stream()).toList();

    private McpRevisions() {}
}
