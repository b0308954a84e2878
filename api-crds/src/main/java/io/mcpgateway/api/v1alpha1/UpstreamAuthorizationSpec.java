package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.Objects;

/** Which Authorization header calls have; an object, because later modes will need their own settings. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record UpstreamAuthorizationSpec(
        @JsonPropertyDescription(
                "None: calls reach the server without an Authorization header. Forward: the server gets the caller's "
                        + "own header; for servers that accept tokens issued for this gateway, or if a policy on the "
                        + "server's route exchanges the token. Shared: every call has the credential of "
                        + "credentialRef, so everyone who may call the server acts with its permissions; for servers "
                        + "without users of their own.")
        @Default("None")
        UpstreamAuthorizationMode mode) {
    public static final UpstreamAuthorizationSpec NONE = new UpstreamAuthorizationSpec(UpstreamAuthorizationMode.NONE);

    public UpstreamAuthorizationSpec {
        mode = Objects.requireNonNullElse(mode, UpstreamAuthorizationMode.NONE);
    }
}
