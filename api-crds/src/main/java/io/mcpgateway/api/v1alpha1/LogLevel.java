package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much the broker logs. */
public enum LogLevel {
    @JsonProperty("debug")
    DEBUG,
    @JsonProperty("info")
    INFO,
    @JsonProperty("warn")
    WARN,
    @JsonProperty("error")
    ERROR
}
