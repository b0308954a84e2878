package io.mcpgateway.broker.catalog;

import java.util.Objects;

/** A served tool name resolved: the server, the name that the server knows, and its hints. */
public record ToolRoute(ServerRoute server, String upstreamName, ToolHints hints) {
    public ToolRoute {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(upstreamName, "upstreamName");
        Objects.requireNonNull(hints, "hints");
    }
}
