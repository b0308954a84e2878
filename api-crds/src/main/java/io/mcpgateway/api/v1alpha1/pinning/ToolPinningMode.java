package io.mcpgateway.api.v1alpha1.pinning;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to tools whose definitions are not approved. */
public enum ToolPinningMode {
    @JsonProperty("Off")
    OFF,
    @JsonProperty("Observe")
    OBSERVE,
    @JsonProperty("Quarantine")
    QUARANTINE
}
