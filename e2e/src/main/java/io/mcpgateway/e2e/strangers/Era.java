package io.mcpgateway.e2e.strangers;

import java.util.Locale;

/** The two kinds of MCP revisions. */
enum Era {
    /** With a handshake: 2025-11-25 and earlier. */
    LEGACY,
    /** Without one: 2026-07-28. */
    MODERN;

    static Era of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
