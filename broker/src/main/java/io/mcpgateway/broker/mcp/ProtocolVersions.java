package io.mcpgateway.broker.mcp;

import io.mcpgateway.api.wire.McpRevisions;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * The MCP revisions that the gateway speaks. The <em>legacy</em> ones start with initialize; the <em>modern</em> ones
 * have neither initialize nor sessions, and every request says all about itself.
 */
public final class ProtocolVersions {
    /** The legacy ones, oldest first. */
    public static final List<String> SUPPORTED = McpRevisions.LEGACY;

    public static final String LATEST = SUPPORTED.getLast();

    /** The modern ones, oldest first. */
    public static final List<String> MODERN = McpRevisions.MODERN;

    /** Of both kinds, for clients that may use either. */
    public static final List<String> NEWEST_FIRST = Stream.of(MODERN.reversed(), SUPPORTED.reversed())
            .flatMap(List::stream)
            .toList();

    private static final String FIRST_WITH_HEADER = "2025-06-18";

    private ProtocolVersions() {}

    public static boolean supported(String version) {
        return SUPPORTED.contains(version);
    }

    /** Whether this is a modern revision that we speak. */
    public static boolean modern(String version) {
        return MODERN.contains(version);
    }

    /** Whether this is the date of a revision that came after all of ours. */
    public static boolean later(String version) {
        try {
            return LocalDate.parse(version).isAfter(LocalDate.parse(LATEST));
        } catch (DateTimeException notADate) {
            return false;
        }
    }

    /** Whether requests after initialize have {@code MCP-Protocol-Version} (since 2025-06-18). */
    public static boolean sentAsHeader(String version) {
        return version.compareTo(FIRST_WITH_HEADER) >= 0;
    }
}
