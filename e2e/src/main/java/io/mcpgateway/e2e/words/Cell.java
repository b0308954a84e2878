package io.mcpgateway.e2e.words;

/** Who calls whom: the eras of client and server. */
public enum Cell {
    LEGACY("legacy"),
    LEGACY_TO_MODERN("legacy>modern"),
    MODERN_TO_LEGACY("modern>legacy"),
    MODERN("modern"),
    /** A subscription, at the gateway itself. */
    LISTENING("listening");

    private final String label;

    Cell(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static Cell of(Caller.Kind client, Era server) {
        if (client == Caller.Kind.LISTENS) {
            return LISTENING;
        }
        if (client.era() == Era.LEGACY) {
            return server == Era.LEGACY ? LEGACY : LEGACY_TO_MODERN;
        }
        return server == Era.LEGACY ? MODERN_TO_LEGACY : MODERN;
    }
}
