package io.mcpgateway.controller.doctor.network;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Label selectors of Kubernetes. */
final class Selectors {
    /** The API server puts it on every namespace. */
    private static final String NAME = "kubernetes.io/metadata.name";

    private Selectors() {}

    static Map<String, String> labels(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
    }

    /** Of a namespace; empty if it cannot be seen. */
    static Optional<Map<String, String>> namespaceLabels(ClusterView cluster, String namespace) {
        return cluster.all(Namespace.class).stream()
                .filter(found -> namespace.equals(found.getMetadata().getName()))
                .findFirst()
                .map(found -> {
                    Map<String, String> labels = new HashMap<>(
                            Objects.requireNonNullElse(found.getMetadata().getLabels(), Map.of()));
                    labels.putIfAbsent(NAME, namespace);
                    return labels;
                });
    }

    /** No selector and an empty one fit everything. */
    static boolean fits(@Nullable LabelSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return true;
        }
        Map<String, String> equal = Objects.requireNonNullElse(selector.getMatchLabels(), Map.of());
        List<LabelSelectorRequirement> more = Objects.requireNonNullElse(selector.getMatchExpressions(), List.of());
        return labels.entrySet().containsAll(equal.entrySet())
                && more.stream().allMatch(requirement -> fits(requirement, labels));
    }

    private static boolean fits(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        List<String> values = Objects.requireNonNullElse(requirement.getValues(), List.of());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> true;
        };
    }

    static String named(Pod pod) {
        return "Pod " + ObjectKey.of(pod);
    }
}
