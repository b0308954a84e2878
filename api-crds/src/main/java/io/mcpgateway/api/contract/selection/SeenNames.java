package io.mcpgateway.api.contract.selection;

import java.util.List;

/**
 * Under which names a virtual server shows what it selects.
 *
 * @param original the servers' own names where they do not clash
 * @param safe short names without odd characters in place of those that model APIs refuse
 * @param overrides of single tools; of two for one tool the first counts
 */
public record SeenNames(boolean original, boolean safe, List<ToolOverride> overrides) {
    /** The names that the gateway serves. */
    public static final SeenNames AS_SERVED = new SeenNames(false, false, List.of());

    public SeenNames {
        overrides = List.copyOf(overrides);
    }
}
