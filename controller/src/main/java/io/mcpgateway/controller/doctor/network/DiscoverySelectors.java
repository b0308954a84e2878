package io.mcpgateway.controller.doctor.network;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces that istiod looks at ({@code meshConfig.discoverySelectors}, Istio's "MeshConfig"): one selector has to fit
 * a namespace, and without any, all do. Of others, Envoy learns neither Services nor routes.
 */
public record DiscoverySelectors(ObjectKey configMap, List<LabelSelector> selectors) {
    /** The entry of istiod's ConfigMap. */
    private static final String MESH = "mesh";

    private static final ObjectReader YAML = new YAMLMapper().readerFor(MeshConfig.class);

    public DiscoverySelectors {
        Objects.requireNonNull(configMap, "configMap");
        selectors = List.copyOf(selectors);
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record MeshConfig(@Nullable List<LabelSelector> discoverySelectors) {}

    /** Of those ConfigMaps that were read; empty if none limits what istiod looks at. */
    public static Optional<DiscoverySelectors> of(ClusterView cluster) {
        return cluster.all(ConfigMap.class).stream()
                .map(DiscoverySelectors::of)
                .filter(found -> !found.selectors().isEmpty())
                .findFirst();
    }

    private static DiscoverySelectors of(ConfigMap config) {
        String text = Objects.requireNonNullElse(config.getData(), Map.<String, String>of())
                .getOrDefault(MESH, "");
        return new DiscoverySelectors(ObjectKey.of(config), text.isBlank() ? List.of() : read(text));
    }

    /** Text that is not YAML counts as no selectors. */
    private static List<LabelSelector> read(String text) {
        try {
            MeshConfig mesh = YAML.readValue(text);
            return mesh == null ? List.of() : Objects.requireNonNullElse(mesh.discoverySelectors(), List.of());
        } catch (JsonProcessingException unreadable) {
            return List.of();
        }
    }

    /** Whether istiod looks at a namespace; yes, if its labels cannot be seen. */
    public boolean include(ClusterView cluster, String namespace) {
        return Selectors.namespaceLabels(cluster, namespace)
                .map(labels -> selectors.stream().anyMatch(selector -> Selectors.fits(selector, labels)))
                .orElse(true);
    }

    /** The command that makes istiod look at a namespace. */
    public String remedy(String namespace) {
        return selectors.stream()
                .map(selector -> Objects.requireNonNullElse(selector.getMatchLabels(), Map.<String, String>of()))
                .filter(labels -> !labels.isEmpty())
                .findFirst()
                .map(labels -> labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining(" ", "kubectl label namespace " + namespace + " ", "")))
                .orElseGet(() -> "kubectl get configmap %s -n %s -o yaml   # add the namespace to discoverySelectors"
                        .formatted(configMap.name(), configMap.namespace()));
    }
}
