package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether calls of clients get the credential of the server. */
public enum CredentialInjection {
    @JsonProperty("Never")
    NEVER,
    @JsonProperty("IfAbsent")
    IF_ABSENT,
    @JsonProperty("Always")
    ALWAYS
}
