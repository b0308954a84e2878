package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a route stands to one host name on one port of a Gateway. What its status says does not count: the gateway may
 * route by it before anybody has written there.
 *
 * @param extent whether it claims the host itself, or covers it with a wildcard
 * @param places by which listener and which of its host names it does; routes that do so by the same are merged
 */
record HostClaim(Extent extent, Set<String> places) {
    enum Extent {
        NONE,
        COVERED,
        EXACT
    }

    HostClaim {
        places = Set.copyOf(places);
    }

    static HostClaim of(HTTPRoute route, Map<String, String> labels, Gateway gateway, int port, String host) {
        List<String> names = names(route);
        Set<String> exact = new HashSet<>();
        boolean covered = false;
        for (var listener : RouteAttachment.admitting(route, gateway, labels)) {
            if (Listeners.port(listener) != port) {
                continue;
            }
            for (String name : names) {
                if (!Hostnames.intersect(Listeners.hostname(listener), name)) {
                    continue;
                }
                String common = common(Listeners.hostname(listener), name);
                if (common.equals(host)) {
                    exact.add(listener.getName() + " " + name);
                }
                covered |= Hostnames.intersect(common, host);
            }
        }
        // Which hosts the listeners of a ListenerSet have is not known here.
        if (RouteAttachment.hasListenerSet(route)
                && Listeners.admitsSets(gateway)
                && names.stream().anyMatch(name -> Hostnames.intersect(name, host))) {
            exact.add("a ListenerSet");
        }
        if (!exact.isEmpty()) {
            return new HostClaim(Extent.EXACT, exact);
        }
        return new HostClaim(covered ? Extent.COVERED : Extent.NONE, Set.of());
    }

    /** Every host without wildcard that the route claims there, sorted. */
    static Set<String> hosts(HTTPRoute route, Map<String, String> labels, Gateway gateway, int port) {
        Set<String> hosts = new TreeSet<>();
        for (var listener : RouteAttachment.admitting(route, gateway, labels)) {
            if (Listeners.port(listener) == port) {
                names(route).stream()
                        .filter(name -> Hostnames.intersect(Listeners.hostname(listener), name))
                        .map(name -> common(Listeners.hostname(listener), name))
                        .filter(host -> !host.isEmpty() && !Hostnames.isWildcard(host))
                        .forEach(hosts::add);
            }
        }
        return hosts;
    }

    private static List<String> names(HTTPRoute route) {
        List<String> names = RouteAttachment.hostnames(route);
        return names.isEmpty()
                ? List.of("")
                : names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** The narrower of two names that intersect; the longer one is. */
    private static String common(String left, String right) {
        return (left.length() > right.length() || (left.length() == right.length() && Hostnames.isWildcard(right))
                        ? left
                        : right)
                .toLowerCase(Locale.ROOT);
    }
}
