package io.mcpgateway.broker.listing;

import java.util.Objects;
import java.util.Optional;

/**
 * What the gateway goes by of a tool's definition: the four hints of its {@code annotations} (MCP 2025-11-25,
 * ToolAnnotations), each empty where not a boolean, and its user interface.
 *
 * @param uiResource URI of the resource that shows what the tool returns (MCP Apps, SEP-1865). Its server need not list it
 */
public record ToolHints(
        Optional<Boolean> readOnly,
        Optional<Boolean> destructive,
        Optional<Boolean> idempotent,
        Optional<Boolean> openWorld,
        Optional<String> uiResource) {
    public static final ToolHints UNSPECIFIED =
            new ToolHints(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public ToolHints {
        Objects.requireNonNull(readOnly, "readOnly");
        Objects.requireNonNull(destructive, "destructive");
        Objects.requireNonNull(idempotent, "idempotent");
        Objects.requireNonNull(openWorld, "openWorld");
        Objects.requireNonNull(uiResource, "uiResource");
    }

    /** Of a tool without a user interface. */
    public ToolHints(
            Optional<Boolean> readOnly,
            Optional<Boolean> destructive,
            Optional<Boolean> idempotent,
            Optional<Boolean> openWorld) {
        this(readOnly, destructive, idempotent, openWorld, Optional.empty());
    }

    /** {@code readOnly=true,destructive=unspecified,idempotent=false,openWorld=unspecified}. */
    public String headerValue() {
        return "readOnly=" + text(readOnly) + ",destructive=" + text(destructive) + ",idempotent=" + text(idempotent)
                + ",openWorld=" + text(openWorld);
    }

    private static String text(Optional<Boolean> hint) {
        return hint.map(String::valueOf).orElse("unspecified");
    }
}
