package io.mcpgateway.broker.client;

/** What a server declared in its answer to {@code initialize}, as far as the gateway reads it. */
public record ServerCapabilities(
        boolean tools,
        boolean toolsListChanged,
        boolean prompts,
        boolean promptsListChanged,
        boolean resources,
        boolean resourcesListChanged) {
    public static final ServerCapabilities NONE = new ServerCapabilities(false, false, false, false, false, false);
}
