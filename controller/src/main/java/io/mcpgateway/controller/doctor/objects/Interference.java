package io.mcpgateway.controller.doctor.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objects of others that change what the Envoy of a Gateway does with requests. */
public final class Interference {
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    /** What lies in Istio's root namespace applies to every namespace. */
    private static final String ROOT = "istio-system";

    private static final Set<String> CONTEXTS = Set.of("", "ANY", "GATEWAY");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Interference() {}

    /** EnvoyFilters that no extension of the view owns. */
    public static List<EnvoyFilter> filters(ClusterView cluster, ObjectKey gateway) {
        Set<String> own = cluster.all(MCPGatewayExtension.class).stream()
                .map(extension ->
                        ObjectNames.envoyFilter(extension.getMetadata().getNamespace()))
                .collect(Collectors.toSet());
        return cluster.all(EnvoyFilter.class).stream()
                .filter(filter -> !own.contains(filter.getMetadata().getName()))
                .filter(filter -> appliesTo(filter, cluster, gateway))
                .filter(filter -> elements(JSON.valueToTree(filter).at("/spec/configPatches"))
                        .anyMatch(patch ->
                                CONTEXTS.contains(patch.at("/match/context").asText())))
                .toList();
    }

    /** Istio's policies that may refuse requests. */
    public static List<AuthorizationPolicy> policies(ClusterView cluster, ObjectKey gateway) {
        return cluster.all(AuthorizationPolicy.class).stream()
                .filter(policy -> appliesTo(policy, cluster, gateway))
                .toList();
    }

    /** Whether a filter sends requests to the router of an extension, as the extension's own filter does. */
    public static boolean runsRouter(EnvoyFilter filter, String extensionNamespace) {
        return JSON.valueToTree(filter)
                .findValuesAsText("cluster_name")
                .contains(ObjectNames.routerCluster(extensionNamespace));
    }

    private static boolean appliesTo(HasMetadata object, ClusterView cluster, ObjectKey gateway) {
        String namespace = object.getMetadata().getNamespace();
        if (!gateway.namespace().equals(namespace) && !ROOT.equals(namespace)) {
            return false;
        }
        JsonNode spec = JSON.valueToTree(object).path("spec");
        List<JsonNode> targets = Stream.concat(Stream.of(spec.path("targetRef")), elements(spec.path("targetRefs")))
                .filter(JsonNode::isObject)
                .toList();
        if (!targets.isEmpty()) {
            return targets.stream()
                    .anyMatch(target -> target.path("kind").asText().equals("Gateway")
                            && target.path("name").asText().equals(gateway.name())
                            && gateway.namespace().equals(namespace));
        }
        Map<String, String> selected = labels(spec.at("/workloadSelector/labels"), spec.at("/selector/matchLabels"));
        return podLabels(cluster, gateway).anyMatch(labels -> labels.entrySet().containsAll(selected.entrySet()));
    }

    private static Map<String, String> labels(JsonNode... selectors) {
        return Stream.of(selectors)
                .flatMap(selector -> selector.properties().stream())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, label -> label.getValue().asText(), (one, _) -> one));
    }

    /** Of the Gateway's Pods, and what Istio always gives them. */
    private static Stream<Map<String, String>> podLabels(ClusterView cluster, ObjectKey gateway) {
        return Stream.concat(
                Stream.of(Map.of(GATEWAY_NAME, gateway.name())),
                Labels.pods(cluster, gateway.namespace(), GATEWAY_NAME, gateway.name()).stream()
                        .map(Pod::getMetadata)
                        .map(metadata -> Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of())));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements.stream();
    }
}
