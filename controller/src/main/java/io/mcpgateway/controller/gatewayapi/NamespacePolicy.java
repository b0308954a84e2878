package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteNamespaces;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a listener admits routes of a namespace ({@code allowedRoutes.namespaces}). Absent means the Gateway's own
 * namespace. Unknown values admit nobody.
 */
public final class NamespacePolicy {
    private NamespacePolicy() {}

    /**
     * Whether routes of a namespace may attach.
     *
     * @param labels those of the route's namespace; empty when it is not known
     */
    public static boolean admits(
            Listener listener, String gatewayNamespace, String routeNamespace, Map<String, String> labels) {
        RouteNamespaces namespaces = listener.getAllowedRoutes() == null
                ? null
                : listener.getAllowedRoutes().getNamespaces();
        String from = namespaces == null || namespaces.getFrom() == null ? "Same" : namespaces.getFrom();
        return switch (from) {
            case "All" -> true;
            case "Same" -> gatewayNamespace.equals(routeNamespace);
            case "Selector" -> namespaces != null && matches(namespaces.getSelector(), labels);
            default -> false;
        };
    }

    /** A selector without requirements matches every namespace; no selector at all matches none. */
    private static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
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
