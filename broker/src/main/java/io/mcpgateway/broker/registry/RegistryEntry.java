package io.mcpgateway.broker.registry;

import java.util.Objects;

/**
 * A URL of the gateway, as a server of a registry ({@code ServerDetail} of the server.json schema of 2025-12-11).
 *
 * @param name reverse DNS name, a slash, and the server's own name
 * @param title at most 100 characters
 * @param description at most 100 characters
 */
record RegistryEntry(String name, String title, String description, String url) {
    private static final int LONGEST = 100;

    RegistryEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        title = shortened(title);
        description = shortened(description);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }
}
