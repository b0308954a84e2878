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

/** The HTTPRoute that leads to an MCP server. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RouteTargetReference(
        @JsonPropertyDescription("API group of the target; always gateway.networking.k8s.io.")
        @Default(KubernetesNames.GATEWAY_API_GROUP)
        String group,

        @JsonPropertyDescription("Kind of the target; always HTTPRoute.") @Default("HTTPRoute")
        String kind,

        @Required
        @JsonPropertyDescription("Name of the HTTPRoute. It must have one rule with one backend.")
        @Size(min = 1, max = KubernetesNames.MAX_NAME)
        @Pattern(KubernetesNames.DNS_SUBDOMAIN)
        String name,

        @JsonPropertyDescription(
                "Namespace of the HTTPRoute; empty or absent means the namespace of this object. Another "
                        + "namespace must allow the reference with a ReferenceGrant.")
        @Size(max = KubernetesNames.MAX_NAMESPACE)
        @Pattern(KubernetesNames.NAMESPACE_OR_EMPTY)
        @Nullable
        String namespace) {
    /** Used when the reference is missing although the schema requires it. */
    public static final RouteTargetReference NONE = new RouteTargetReference("", "", "", null);

    public RouteTargetReference {
        group = Objects.requireNonNullElse(group, KubernetesNames.GATEWAY_API_GROUP);
        kind = Objects.requireNonNullElse(kind, "HTTPRoute");
        name = Objects.requireNonNullElse(name, "");
    }

    /** The route's namespace for a registration in {@code ownNamespace}. */
    public String namespaceOr(String ownNamespace) {
        return namespace == null || namespace.isEmpty() ? ownNamespace : namespace;
    }
}
