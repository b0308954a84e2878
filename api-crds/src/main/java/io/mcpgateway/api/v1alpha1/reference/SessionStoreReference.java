package io.mcpgateway.api.v1alpha1.reference;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** Where the broker's replicas share their sessions. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SessionStoreReference(
        @Required
        @JsonPropertyDescription(
                "Name of a Secret in the namespace of this object. Its key CACHE_CONNECTION_STRING "
                        + "is the URL of a Redis or Valkey server, such as redis://user:password@redis:6379/0 (rediss:// for "
                        + "TLS). The Secret must have the label mcp.kuadrant.io/credential=true or mcp.kuadrant.io/secret=true.")
        @Size(min = 1, max = KubernetesNames.MAX_NAME)
        @Pattern(KubernetesNames.DNS_SUBDOMAIN)
        String secretName) {
    public SessionStoreReference {
        secretName = Objects.requireNonNullElse(secretName, "");
    }
}
