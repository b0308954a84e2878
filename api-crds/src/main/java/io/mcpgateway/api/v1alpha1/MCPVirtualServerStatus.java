package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The observed state of a {@link MCPVirtualServer}. */
@JsonClassDescription("The observed state of the selection.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MCPVirtualServerStatus(
        @JsonPropertyDescription("Ready: all gateways that serve the selected tools know the selection.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the object that this status describes.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Number of selected tools that are currently served.") @Nullable
        Integer toolCount,

        @JsonPropertyDescription("Selected tools that no registered server currently offers.")
        List<String> unknownTools) {
    public static final MCPVirtualServerStatus EMPTY = new MCPVirtualServerStatus(List.of(), null, null, List.of());

    public MCPVirtualServerStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        unknownTools = List.copyOf(Objects.requireNonNullElse(unknownTools, List.of()));
    }
}
