package io.mcpgateway.broker.pinning;

import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.broker.listing.Definition;
import io.mcpgateway.broker.listing.Listing;
import java.util.List;
import java.util.Objects;

/**
 * A definition, and what can be said of it without knowing what is approved.
 *
 * @param warnings where it has text that seems to instruct the model
 */
public record ExaminedTool(Definition definition, ToolDigest digest, List<String> warnings) {
    public ExaminedTool {
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(digest, "digest");
        warnings = List.copyOf(warnings);
    }

    static List<ExaminedTool> of(Listing tools) {
        return tools.items().stream().map(ExaminedTool::of).toList();
    }

    private static ExaminedTool of(Definition tool) {
        List<String> warnings = InstructingText.in(tool.json());
        return new ExaminedTool(tool, Digests.of(tool, !warnings.isEmpty()), warnings);
    }
}
