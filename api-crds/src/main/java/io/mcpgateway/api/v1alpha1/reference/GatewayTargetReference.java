package io.mcpgateway.api.v1alpha1.reference;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A listener of a Gateway. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GatewayTargetReference(
        @JsonPropertyDescription("API group of the target; always gateway.networking.k8s.io.")
        @Default(KubernetesNames.GATEWAY_API_GROUP)
        String group,

        @JsonPropertyDescription("Kind of the target; always Gateway.") @Default("Gateway")
        String kind,

        @Required
        @JsonPropertyDescription("Name of the Gateway.")
        @Size(min = 1, max = KubernetesNames.MAX_NAME)
        @Pattern(KubernetesNames.DNS_SUBDOMAIN)
        String name,

        @JsonPropertyDescription("Namespace of the Gateway; empty or absent means the namespace of this object.")
        @Size(max = KubernetesNames.MAX_NAMESPACE)
        @Pattern(KubernetesNames.NAMESPACE_OR_EMPTY)
        @Nullable
        String namespace,

        @JsonPropertyDescription("Name of the listener. Default: the Gateway's listener on port 8080, or else its only "
                + "listener. If there are several, the extension is not Ready and its message lists them.")
        @Size(min = 1, max = KubernetesNames.MAX_NAME)
        @Pattern(KubernetesNames.DNS_SUBDOMAIN)
        @Nullable
        String sectionName) {
    /** Used when the reference is missing although the schema requires it. */
    public static final GatewayTargetReference NONE = new GatewayTargetReference("", "", "", null, null);

    public GatewayTargetReference {
        group = Objects.requireNonNullElse(group, KubernetesNames.GATEWAY_API_GROUP);
        kind = Objects.requireNonNullElse(kind, "Gateway");
        name = Objects.requireNonNullElse(name, "");
    }

    /** The Gateway's namespace for an extension in {@code ownNamespace}. */
    public String namespaceOr(String ownNamespace) {
        return namespace == null || namespace.isEmpty() ? ownNamespace : namespace;
    }
}
