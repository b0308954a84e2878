package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether clients search tools or list them. */
public enum ToolSearchMode {
    @JsonProperty("On")
    ON,
    @JsonProperty("Off")
    OFF
}
