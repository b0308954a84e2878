package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether callers without a credential share sessions at a server of an earlier MCP revision. */
public enum AnonymousSessionsMode {
    @JsonProperty("PerCall")
    PER_CALL,
    @JsonProperty("Shared")
    SHARED
}
