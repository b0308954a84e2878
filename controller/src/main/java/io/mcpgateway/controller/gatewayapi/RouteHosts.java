package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** By which names routes are found that may have a host in common. */
public final class RouteHosts {
    private RouteHosts() {}

    /** The host names of a route in lower case, each once; one empty text for a route without. */
    public static List<String> of(HTTPRoute route) {
        List<String> hosts = RouteAttachment.hostnames(route);
        return hosts.isEmpty()
                ? List.of("")
                : hosts.stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .distinct()
                        .toList();
    }

    /**
     * The names under which a route may take requests to a host: the host, wildcards that cover it, and none.
     *
     * @param host in lower case; may be a wildcard
     */
    public static List<String> covering(String host) {
        List<String> hosts = new ArrayList<>(List.of(host, ""));
        for (int dot = host.indexOf('.', 1); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            hosts.add("*" + host.substring(dot));
        }
        return List.copyOf(hosts);
    }
}
