package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.mcpgateway.api.v1alpha1.reference.KubernetesNames;
import java.util.Objects;

/** The public key of the authorization layer whose headers the broker trusts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TrustedHeadersKey(
        @Required
        @JsonPropertyDescription(
                "Name of a Secret in the namespace of this object. Its key 'key' contains the public key (PEM).")
        @Size(min = 1, max = MAX_SECRET_NAME)
        @Pattern(KubernetesNames.DNS_SUBDOMAIN)
        String secretName,

        @JsonPropertyDescription(
                "Enabled: the controller generates an ECDSA P-256 key pair, with the public key in this Secret and the"
                        + " private key in '<secretName>-private'; an existing pair is kept. Disabled: you create the"
                        + " Secret.")
        @Default("Disabled")
        EnabledState generate) {
    /** 253 minus the suffix "-private" of the other Secret. */
    private static final int MAX_SECRET_NAME = 245;

    public TrustedHeadersKey {
        secretName = Objects.requireNonNullElse(secretName, "");
        generate = Objects.requireNonNullElse(generate, EnabledState.DISABLED);
    }
}
