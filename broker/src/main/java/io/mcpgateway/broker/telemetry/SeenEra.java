package io.mcpgateway.broker.telemetry;

import java.util.Locale;

/** The eras of MCP that a server was seen to speak. */
public enum SeenEra {
    /** Revisions with sessions, up to 2025-11-25. */
    LEGACY,
    /** 2026-07-28 and later. */
    MODERN,
    BOTH,
    /** It has not answered yet. */
    UNKNOWN;

    /** The one of a server that was seen to speak these. */
    public static SeenEra of(boolean legacy, boolean modern) {
        if (legacy && modern) {
            return BOTH;
        }
        return legacy ? LEGACY : modern ? MODERN : UNKNOWN;
    }

    /** As the label has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
