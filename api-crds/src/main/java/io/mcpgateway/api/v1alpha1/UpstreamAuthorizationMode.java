package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which Authorization header calls to a server have. */
public enum UpstreamAuthorizationMode {
    @JsonProperty("None")
    NONE,
    @JsonProperty("Forward")
    FORWARD,
    @JsonProperty("Shared")
    SHARED
}
