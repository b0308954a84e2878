package io.mcpgateway.broker.listing;

import java.util.Optional;

/** The four hints of a tool's {@code annotations} (MCP 2025-11-25, ToolAnnotations); empty where not a boolean. */
public record ToolHints(
        Optional<Boolean> readOnly,
        Optional<Boolean> destructive,
        Optional<Boolean> idempotent,
        Optional<Boolean> openWorld) {
    public static final ToolHints UNSPECIFIED =
            new ToolHints(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** {@code readOnly=true,destructive=unspecified,idempotent=false,openWorld=unspecified}. */
    public String headerValue() {
        return "readOnly=" + text(readOnly) + ",destructive=" + text(destructive) + ",idempotent=" + text(idempotent)
                + ",openWorld=" + text(openWorld);
    }

    private static String text(Optional<Boolean> hint) {
        return hint.map(String::valueOf).orElse("unspecified");
    }
}
