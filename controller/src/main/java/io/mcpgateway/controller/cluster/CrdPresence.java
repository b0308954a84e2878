package io.mcpgateway.controller.cluster;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which of the kinds that the controller needs the API server serves, and where to get the others. */
public final class CrdPresence {
    private static final String OUR_CRDS = "kubectl apply -f config/crd";
    private static final String GATEWAY_API = "kubectl apply -f"
            + " https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.4.1/standard-install.yaml";

    /** Kinds that no API server has by itself, by what installs them. */
    private static final Map<Class<? extends HasMetadata>, String> INSTALLED_BY = Map.of(
            MCPGatewayExtension.class, OUR_CRDS,
            MCPServerRegistration.class, OUR_CRDS,
            MCPVirtualServer.class, OUR_CRDS,
            Gateway.class, GATEWAY_API,
            HTTPRoute.class, GATEWAY_API,
            ReferenceGrant.class, GATEWAY_API,
            EnvoyFilter.class, "install Istio, or only its CRDs: helm install istio-base istio/base -n istio-system");

    private CrdPresence() {}

    /** The kinds without which our own objects cannot be read. */
    static Set<Class<? extends HasMetadata>> ours() {
        return Set.of(MCPGatewayExtension.class, MCPServerRegistration.class, MCPVirtualServer.class);
    }

    /** Kinds that are not served now. Costs one request per API group. */
    public static Set<Class<? extends HasMetadata>> missing(KubernetesClient client) {
        Map<String, Set<String>> served = new TreeMap<>();
        return INSTALLED_BY.keySet().stream()
                .filter(type -> !served.computeIfAbsent(
                                HasMetadata.getApiVersion(type), version -> plurals(client, version))
                        .contains(HasMetadata.getPlural(type)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How to get a kind that is missing. */
    public static String installedBy(Class<? extends HasMetadata> kind) {
        return Objects.requireNonNull(INSTALLED_BY.get(kind), kind::getName);
    }

    /** What is missing, by name, and how to install it; empty text if nothing is. */
    static String advice(Set<Class<? extends HasMetadata>> missing) {
        Map<String, Set<String>> names = new TreeMap<>();
        for (Class<? extends HasMetadata> type : missing) {
            names.computeIfAbsent(Objects.requireNonNull(INSTALLED_BY.get(type)), _ -> new TreeSet<>())
                    .add("%s.%s (%s)"
                            .formatted(
                                    HasMetadata.getPlural(type),
                                    HasMetadata.getGroup(type),
                                    HasMetadata.getVersion(type)));
        }
        return names.entrySet().stream()
                .map(entry -> "missing CRD " + String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .collect(Collectors.joining("; "));
    }

    private static Set<String> plurals(KubernetesClient client, String groupVersion) {
        APIResourceList list = client.getApiResources(groupVersion);
        List<APIResource> resources = list == null ? List.of() : list.getResources();
        return resources.stream().map(APIResource::getName).collect(Collectors.toUnmodifiableSet());
    }
}
