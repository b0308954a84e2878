package io.mcpgateway.api.contract.pinning;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which definitions of a server's tools are approved.
 *
 * @param digests what people have approved: definitions, or whole lists
 * @param remembered the definitions that the controller remembers; empty without a cluster
 */
public record ToolPinning(PinningMode mode, Set<String> digests, List<ToolDigest> remembered) {
    /** How many tools of a server are remembered. */
    public static final int MOST_REMEMBERED = 1000;

    public static final ToolPinning OFF = new ToolPinning(PinningMode.OFF, Set.of(), List.of());

    public ToolPinning {
        Objects.requireNonNull(mode, "mode");
        digests = Set.copyOf(digests);
        remembered = List.copyOf(remembered);
    }

    /** With what people have approved, and nothing that is remembered. */
    public ToolPinning(PinningMode mode, Collection<String> digests) {
        this(mode, Set.copyOf(digests), List.of());
    }

    public boolean isOff() {
        return mode == PinningMode.OFF;
    }
}
