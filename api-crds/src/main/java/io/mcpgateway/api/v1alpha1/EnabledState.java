package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A switch in a spec; a word instead of a boolean, so a third value would not need a new field. */
public enum EnabledState {
    @JsonProperty("Enabled")
    ENABLED,
    @JsonProperty("Disabled")
    DISABLED
}
