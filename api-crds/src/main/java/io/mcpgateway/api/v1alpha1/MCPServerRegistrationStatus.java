package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningStatus;
import io.mcpgateway.api.v1alpha1.reason.ReasonStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The observed state of a {@link MCPServerRegistration}. */
@JsonClassDescription("The observed state of the server.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MCPServerRegistrationStatus(
        @JsonPropertyDescription(
                "Ready (the server's tools are served), Accepted (all references resolve) and Programmed "
                        + "(every ready broker runs the current configuration).")
        List<Condition> conditions,

        @JsonPropertyDescription("Number of tools that the broker found on the server and serves.") @Nullable
        Integer discoveredTools,

        @JsonPropertyDescription(
                "Number of tools, prompts and resources that the server lists and that are not served; reasons says why.")
        @Nullable
        Integer notServed,

        @JsonPropertyDescription("Why the server, or something that it lists, is not served; the first 20 reasons.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<ReasonStatus> reasons,

        @JsonPropertyDescription(
                "When the server last answered a broker, if no broker gets an answer now. Not set while the server "
                        + "answers.")
        @Nullable
        String lastSeen,

        @JsonPropertyDescription(
                "The first 10 ready Pods of brokers that do not run the configuration with this server yet, as "
                        + "namespace/name.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> pendingPods,

        @JsonPropertyDescription(
                "Which Authorization header is sent to the server with calls: None, Forward or Shared.")
        @Nullable
        UpstreamAuthorizationMode upstreamAuthorization,

        @JsonPropertyDescription("The MCP revisions that the broker found the server to speak, oldest first.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> protocolVersions,

        @JsonPropertyDescription("The generation of the object that this status describes.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "The URL at which clients find this server alone, under its own names, as far as the Gateway's listener "
                        + "says how they reach it.")
        @Nullable
        String url,

        @JsonPropertyDescription(
                "The definitions of tools that are remembered, if spec.toolPinning is Observe or Quarantine.")
        @Nullable
        ToolPinningStatus toolPinning) {
    public static final MCPServerRegistrationStatus EMPTY = new MCPServerRegistrationStatus(
            List.of(), null, null, List.of(), null, List.of(), null, List.of(), null, null, null);

    public MCPServerRegistrationStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        reasons = List.copyOf(Objects.requireNonNullElse(reasons, List.of()));
        pendingPods = List.copyOf(Objects.requireNonNullElse(pendingPods, List.of()));
        protocolVersions = List.copyOf(Objects.requireNonNullElse(protocolVersions, List.of()));
    }

    /** A copy with this URL. */
    public MCPServerRegistrationStatus at(@Nullable String clientUrl) {
        return new MCPServerRegistrationStatus(
                conditions,
                discoveredTools,
                notServed,
                reasons,
                lastSeen,
                pendingPods,
                upstreamAuthorization,
                protocolVersions,
                observedGeneration,
                clientUrl,
                toolPinning);
    }

    /** A copy that remembers these definitions. */
    public MCPServerRegistrationStatus remembering(@Nullable ToolPinningStatus pinning) {
        return new MCPServerRegistrationStatus(
                conditions,
                discoveredTools,
                notServed,
                reasons,
                lastSeen,
                pendingPods,
                upstreamAuthorization,
                protocolVersions,
                observedGeneration,
                url,
                pinning);
    }
}
