package io.mcpgateway.e2e.words;

/** The two kinds of MCP revisions. */
public enum Era {
    /** 2025-11-25. */
    LEGACY,
    /** 2026-07-28. */
    MODERN;

    /** The members that a result of this era has before its own. */
    String completed() {
        return this == MODERN ? "\"resultType\":\"complete\"," : "";
    }

    /** The same for what can be kept. */
    String completed(int ttlMillis) {
        return this == MODERN ? completed() + "\"ttlMs\":" + ttlMillis + ",\"cacheScope\":\"public\"," : "";
    }
}
