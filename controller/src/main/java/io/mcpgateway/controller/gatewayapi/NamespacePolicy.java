package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteNamespaces;
import java.util.Map;

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
            case "Selector" -> namespaces != null && LabelSelectors.matches(namespaces.getSelector(), labels);
            default -> false;
        };
    }
}
