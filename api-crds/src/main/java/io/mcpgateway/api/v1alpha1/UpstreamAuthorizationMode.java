package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose Authorization header calls to a server carry. */
public enum UpstreamAuthorizationMode {
    @JsonProperty("None")
    NONE,
    @JsonProperty("Forward")
    FORWARD,
    @JsonProperty("Shared")
    SHARED
}
