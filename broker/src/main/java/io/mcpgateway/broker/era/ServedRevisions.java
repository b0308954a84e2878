package io.mcpgateway.broker.era;

import io.mcpgateway.broker.mcp.ProtocolVersions;
import java.util.List;
import java.util.Optional;

/**
 * Which MCP revisions clients may use in one place: at the gateway, or through one of its virtual servers. There may be
 * none at all.
 *
 * @param newestFirst of both eras, of those that the gateway speaks
 */
public record ServedRevisions(List<String> newestFirst) {
    public static final ServedRevisions ALL = new ServedRevisions(ProtocolVersions.NEWEST_FIRST);

    public ServedRevisions {
        newestFirst = List.copyOf(newestFirst);
        if (!ProtocolVersions.NEWEST_FIRST.containsAll(newestFirst)) {
            throw new IllegalArgumentException("not revisions that the gateway speaks: " + newestFirst);
        }
    }

    /**
     * What a configured list allows.
     *
     * @param configured revisions that the gateway does not speak allow nothing; an empty list allows all
     */
    public static ServedRevisions of(List<String> configured) {
        return configured.isEmpty()
                ? ALL
                : new ServedRevisions(ProtocolVersions.NEWEST_FIRST.stream()
                        .filter(configured::contains)
                        .toList());
    }

    /** What both allow. */
    public ServedRevisions and(ServedRevisions other) {
        return new ServedRevisions(
                newestFirst.stream().filter(other.newestFirst::contains).toList());
    }

    /** Without one that cannot be had after all. */
    public ServedRevisions without(String version) {
        return new ServedRevisions(
                newestFirst.stream().filter(other -> !other.equals(version)).toList());
    }

    public boolean allows(String version) {
        return newestFirst.contains(version);
    }

    /** Those that start with initialize, newest first. */
    public List<String> legacy() {
        return newestFirst.stream().filter(ProtocolVersions::supported).toList();
    }

    /** Whether a request of MCP 2026-07-28 or later may be answered at all. */
    public boolean anyModern() {
        return newestFirst.stream().anyMatch(ProtocolVersions::modern);
    }

    /**
     * What {@code initialize} agrees on (MCP 2025-11-25, Lifecycle, "Version Negotiation"): what the client asks for, else
     * the newest one. Empty if no revision is allowed that has initialize.
     */
    public Optional<String> negotiated(Optional<String> requested) {
        List<String> legacy = legacy();
        return requested.filter(legacy::contains).or(() -> legacy.stream().findFirst());
    }
}
