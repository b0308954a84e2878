package io.mcpgateway.api.v1alpha1.reference;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** CA certificates in a Secret of the same namespace. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CaCertificateReference(
        @Required
        @JsonPropertyDescription("Name of the Secret, in the namespace of this object. It must have the label "
                + "mcp.kuadrant.io/credential=true or mcp.kuadrant.io/secret=true.")
        @Size(min = 1, max = KubernetesNames.MAX_NAME)
        @Pattern(KubernetesNames.DNS_SUBDOMAIN)
        String name,

        @JsonPropertyDescription(
                "Key in the Secret. Its value must contain one or more PEM certificates and nothing else.")
        @Default("ca.crt")
        @Size(min = 1, max = KubernetesNames.MAX_NAME)
        @Pattern("^[-._a-zA-Z0-9]+$")
        String key) {
    public CaCertificateReference {
        name = Objects.requireNonNullElse(name, "");
        key = Objects.requireNonNullElse(key, "ca.crt");
    }
}
