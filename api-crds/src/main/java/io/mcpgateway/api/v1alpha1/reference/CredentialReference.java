package io.mcpgateway.api.v1alpha1.reference;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** A credential in a Secret of the registration's namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CredentialReference(
        @Required
        @JsonPropertyDescription("Name of the Secret, in the namespace of this object. It must have the label "
                + "mcp.kuadrant.io/credential=true.")
        @Size(min = 1, max = KubernetesNames.MAX_NAME)
        @Pattern(KubernetesNames.DNS_SUBDOMAIN)
        String name,

        @JsonPropertyDescription("Key in the Secret. Its value is the complete Authorization header, so include the "
                + "scheme: 'Bearer ...'.")
        @Default("token")
        @Size(min = 1, max = KubernetesNames.MAX_NAME)
        @Pattern("^[-._a-zA-Z0-9]+$")
        String key) {
    public CredentialReference {
        name = Objects.requireNonNullElse(name, "");
        key = Objects.requireNonNullElse(key, "token");
    }
}
