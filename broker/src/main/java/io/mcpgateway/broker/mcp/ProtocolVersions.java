package io.mcpgateway.broker.mcp;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** The MCP revisions that the gateway speaks, to clients and to servers alike. */
public final class ProtocolVersions {
    public static final String LATEST = "2025-11-25";
    /** Oldest first. */
    public static final List<String> SUPPORTED = List.of("2024-11-05", "2025-03-26", "2025-06-18", LATEST);

    private static final String FIRST_WITH_HEADER = "2025-06-18";

    private ProtocolVersions() {}

    public static boolean supported(String version) {
        return SUPPORTED.contains(version);
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
