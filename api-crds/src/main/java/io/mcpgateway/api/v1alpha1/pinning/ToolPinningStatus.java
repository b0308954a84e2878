package io.mcpgateway.api.v1alpha1.pinning;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The definitions of tools that the controller remembers. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ToolPinningStatus(
        @JsonPropertyDescription(
                "Since when definitions are remembered. Before, the server's first list is trusted; from then on, a"
                        + " definition is approved in spec.approvedTools only.")
        @Nullable
        String since,

        @JsonPropertyDescription(
                "Digest of the server's current list of tools. Add it to spec.approvedTools to approve all of them.")
        @Nullable
        String listDigest,

        @JsonPropertyDescription("The approved definitions, by the server's own names of its tools.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<RememberedTool> remembered) {
    public ToolPinningStatus {
        remembered = List.copyOf(Objects.requireNonNullElse(remembered, List.of()));
    }
}
