package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.v1alpha1.reason.ReasonStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The observed state of a {@link MCPVirtualServer}. */
@JsonClassDescription("The observed state of the selection.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MCPVirtualServerStatus(
        @JsonPropertyDescription(
                "Ready: all gateways that serve the selected tools know the selection. Accepted: it has the URL that it "
                        + "chose.")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the object that this status describes.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Number of selected tools that are currently served.") @Nullable
        Integer toolCount,

        @JsonPropertyDescription("Number of selected prompts that are currently served.") @Nullable
        Integer promptCount,

        @JsonPropertyDescription("Number of selected resources and resource templates that are currently served.")
        @Nullable
        Integer resourceCount,

        @JsonPropertyDescription("Selected tools that no registered server currently offers.")
        List<String> unknownTools,

        @JsonPropertyDescription("What else of the spec matches nothing, such as include[0].")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> unmatched,

        @JsonPropertyDescription(
                "The first tools and prompts that do not have the name that they should have, and why.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> nameClashes,

        @JsonPropertyDescription("The first tools and prompts whose names model APIs refuse, and why.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> refusedNames,

        @JsonPropertyDescription(
                "Why something that is selected is not served, and by which object; the first 20 reasons.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<ReasonStatus> reasons,

        @JsonPropertyDescription(
                "The first 10 ready Pods of brokers that do not have the selection yet, as namespace/name.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> pendingPods,

        @JsonPropertyDescription("The URL for clients, as far as the Gateway's listener says how they reach it.")
        @Nullable
        String url) {
    public static final MCPVirtualServerStatus EMPTY = new MCPVirtualServerStatus(List.of(), null, null, List.of());

    public MCPVirtualServerStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        unknownTools = List.copyOf(Objects.requireNonNullElse(unknownTools, List.of()));
        unmatched = List.copyOf(Objects.requireNonNullElse(unmatched, List.of()));
        nameClashes = List.copyOf(Objects.requireNonNullElse(nameClashes, List.of()));
        refusedNames = List.copyOf(Objects.requireNonNullElse(refusedNames, List.of()));
        reasons = List.copyOf(Objects.requireNonNullElse(reasons, List.of()));
        pendingPods = List.copyOf(Objects.requireNonNullElse(pendingPods, List.of()));
    }

    /** Of a selection of tools by name. */
    public MCPVirtualServerStatus(
            List<Condition> conditions,
            @Nullable Long observedGeneration,
            @Nullable Integer toolCount,
            List<String> unknownTools) {
        this(
                conditions,
                observedGeneration,
                toolCount,
                null,
                null,
                unknownTools,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    /** A copy with this URL. */
    public MCPVirtualServerStatus at(@Nullable String clientUrl) {
        return new MCPVirtualServerStatus(
                conditions,
                observedGeneration,
                toolCount,
                promptCount,
                resourceCount,
                unknownTools,
                unmatched,
                nameClashes,
                refusedNames,
                reasons,
                pendingPods,
                clientUrl);
    }
}
