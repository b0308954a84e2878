package io.mcpgateway.api.contract.pinning;

import java.util.List;
import java.util.Objects;

/**
 * What a broker says of a server's tools whose definitions are compared with the approved ones.
 *
 * @param list digest of the whole list: who approves it approves every definition in it
 * @param tools every definition that the server lists, sorted by name; no more than {@link ToolPinning#MOST_REMEMBERED}
 * @param totalUnapproved how many of them are not approved
 * @param unapproved the first of them
 * @param flagged approved tools with text that seems to instruct the model, the first ones
 */
public record PinningStatus(
        PinningMode mode,
        String list,
        List<ToolDigest> tools,
        int totalUnapproved,
        List<ToolFinding> unapproved,
        List<ToolFinding> flagged) {
    public PinningStatus {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(list, "list");
        tools = List.copyOf(tools);
        unapproved = List.copyOf(unapproved);
        flagged = List.copyOf(flagged);
    }

    /** How many tools are neither listed nor callable. */
    public int withheld() {
        return mode == PinningMode.QUARANTINE ? totalUnapproved : 0;
    }
}
