package io.mcpgateway.e2e.strangers;

import java.util.Locale;

/** How a client reaches a server. */
enum Way {
    /** Without the gateway; the other ways must give the same results. */
    DIRECT,
    BUILTIN,
    ENVOY;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
