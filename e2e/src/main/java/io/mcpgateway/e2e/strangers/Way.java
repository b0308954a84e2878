package io.mcpgateway.e2e.strangers;

import java.util.Locale;

/** How a client comes to a server. */
enum Way {
    /** Without the gateway; what is seen here is expected of the other ways. */
    DIRECT,
    BUILTIN,
    ENVOY;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
