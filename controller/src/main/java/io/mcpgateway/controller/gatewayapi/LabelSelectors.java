package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kubernetes' label selectors. What a requirement says wrongly matches nothing. */
public final class LabelSelectors {
    private LabelSelectors() {}

    /** A selector without requirements matches everything; no selector at all matches none. */
    public static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return false;
        }
        Map<String, String> wanted = selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
        List<LabelSelectorRequirement> requirements =
                selector.getMatchExpressions() == null ? List.of() : selector.getMatchExpressions();
        return labels.entrySet().containsAll(wanted.entrySet())
                && requirements.stream().allMatch(requirement -> holds(requirement, labels));
    }

    private static boolean holds(LabelSelectorRequirement requirement, Map<String, String> labels) {
        List<String> values = requirement.getValues() == null ? List.of() : requirement.getValues();
        String operator = requirement.getOperator() == null ? "" : requirement.getOperator();
        @Nullable String label = labels.get(requirement.getKey());
        return switch (operator) {
            case "In" -> label != null && values.contains(label);
            case "NotIn" -> !values.isEmpty() && (label == null || !values.contains(label));
            case "Exists" -> values.isEmpty() && label != null;
            case "DoesNotExist" -> values.isEmpty() && label == null;
            default -> false;
        };
    }
}
