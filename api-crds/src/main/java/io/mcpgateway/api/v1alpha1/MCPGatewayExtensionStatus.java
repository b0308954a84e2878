package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The observed state of a {@link MCPGatewayExtension}. */
@JsonClassDescription("The observed state of the gateway.")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MCPGatewayExtensionStatus(
        @JsonPropertyDescription("Ready, Accepted (all references resolve) and Programmed (every ready broker runs the "
                + "current configuration).")
        List<Condition> conditions,

        @JsonPropertyDescription("The generation of the object that this status describes.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "The host name that clients use: spec.publicHost, or the one derived from the listener's "
                        + "hostname.")
        @Nullable
        String publicHost,

        @JsonPropertyDescription(
                "The URL for clients, at which they find everything, as far as the Gateway's listener says how they reach it.")
        @Nullable
        String url,

        @JsonPropertyDescription(
                "The URL for clients that ask an MCP registry, if spec.registryAPI is Enabled; they add /v0.1/servers.")
        @Nullable
        String registryURL,

        @JsonPropertyDescription("What of the spec matches nothing, such as: pinned tool send_mial.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> unmatched,

        @JsonPropertyDescription("The first 10 ready Pods of brokers that do not run the current configuration yet.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> pendingPods) {
    public static final MCPGatewayExtensionStatus EMPTY =
            new MCPGatewayExtensionStatus(List.of(), null, null, null, null, List.of(), List.of());

    public MCPGatewayExtensionStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        unmatched = List.copyOf(Objects.requireNonNullElse(unmatched, List.of()));
        pendingPods = List.copyOf(Objects.requireNonNullElse(pendingPods, List.of()));
    }
}
