package io.mcpgateway.controller.translation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.gatewayapi.HostRival;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteHosts;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.RegistrationPlanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds objects of the cluster by name, and by what they refer to. */
final class ClusterIndex {
    private final Map<ObjectKey, Gateway> gateways;
    private final Map<ObjectKey, HTTPRoute> routes;
    private final Map<ObjectKey, Service> services;
    private final Map<ObjectKey, Secret> secrets;
    private final Map<String, Map<String, String>> namespaceLabels;
    private final Map<String, List<HostRival>> routesByHost;

    private ClusterIndex(ClusterFacts facts) {
        gateways = byKey(facts.gateways());
        routes = byKey(facts.routes());
        services = byKey(facts.services());
        secrets = byKey(facts.secrets());
        namespaceLabels = labels(facts.namespaces());
        routesByHost = byHost(facts, namespaceLabels);
    }

    static ClusterIndex of(ClusterFacts facts) {
        return new ClusterIndex(facts);
    }

    Optional<Gateway> gateway(ObjectKey key) {
        return Optional.ofNullable(gateways.get(key));
    }

    Optional<HTTPRoute> route(ObjectKey key) {
        return Optional.ofNullable(routes.get(key));
    }

    Optional<Secret> secret(ObjectKey key) {
        return Optional.ofNullable(secrets.get(key));
    }

    /** The Gateways that a route names as its parents. */
    List<Gateway> gatewaysOf(HTTPRoute route) {
        return RouteReferences.gateways(route).stream()
                .flatMap(key -> gateway(key).stream())
                .toList();
    }

    /** The Services that a route names as its backends. */
    List<Service> servicesOf(HTTPRoute route) {
        return RouteReferences.services(route).stream()
                .flatMap(key -> Optional.ofNullable(services.get(key)).stream())
                .toList();
    }

    /** Labels of every namespace that has some, by its name. */
    Map<String, Map<String, String>> namespaceLabels() {
        return namespaceLabels;
    }

    Map<String, String> namespaceLabels(String namespace) {
        return namespaceLabels.getOrDefault(namespace, Map.of());
    }

    /** The other routes that may share a host with a route, by its names or by those of its Gateways' listeners. */
    List<HostRival> rivalsOf(HTTPRoute route) {
        Stream<String> listeners = gatewaysOf(route).stream()
                .flatMap(gateway -> Listeners.of(gateway).stream())
                .map(Listeners::hostname);
        return claimants(Stream.concat(RouteHosts.of(route).stream(), listeners))
                .filter(rival -> !rival.key().equals(ObjectKey.of(route)))
                .toList();
    }

    /** All routes that may claim a host. */
    List<HostRival> claimants(String host) {
        return claimants(Stream.of(host)).toList();
    }

    /** The routes that name exactly this host, in lower case. */
    List<ObjectKey> routesNaming(String host) {
        return routesByHost.getOrDefault(host, List.of()).stream()
                .map(HostRival::key)
                .distinct()
                .sorted()
                .toList();
    }

    /** The routes that may claim one of the hosts, each once, by namespace and name. */
    private Stream<HostRival> claimants(Stream<String> hosts) {
        Map<ObjectKey, HostRival> found = new TreeMap<>();
        hosts.filter(host -> !host.isEmpty())
                .map(host -> host.toLowerCase(Locale.ROOT))
                .flatMap(host -> RouteHosts.covering(host).stream())
                .distinct()
                .flatMap(host -> routesByHost.getOrDefault(host, List.of()).stream())
                .forEach(rival -> found.putIfAbsent(rival.key(), rival));
        return found.values().stream();
    }

    private static Map<String, List<HostRival>> byHost(ClusterFacts facts, Map<String, Map<String, String>> labels) {
        Map<ObjectKey, List<ObjectKey>> users = users(facts);
        Map<String, List<HostRival>> byHost = new HashMap<>();
        for (HTTPRoute route : facts.routes()) {
            HostRival rival = new HostRival(
                    route,
                    labels.getOrDefault(route.getMetadata().getNamespace(), Map.of()),
                    users.getOrDefault(ObjectKey.of(route), List.of()));
            RouteHosts.of(route)
                    .forEach(host ->
                            byHost.computeIfAbsent(host, _ -> new ArrayList<>()).add(rival));
        }
        return byHost;
    }

    /** The registrations that use a route, by the route, sorted. */
    private static Map<ObjectKey, List<ObjectKey>> users(ClusterFacts facts) {
        Map<ObjectKey, List<ObjectKey>> users = new HashMap<>();
        for (MCPServerRegistration registration : facts.registrations()) {
            References.route(registration)
                    .filter(route -> RegistrationPlanner.mayUse(registration, route, facts.grants()))
                    .ifPresent(route ->
                            users.computeIfAbsent(route, _ -> new ArrayList<>()).add(ObjectKey.of(registration)));
        }
        users.values().forEach(keys -> keys.sort(null));
        return users;
    }

    private static Map<String, Map<String, String>> labels(List<Namespace> namespaces) {
        Map<String, Map<String, String>> labels = new HashMap<>();
        for (Namespace namespace : namespaces) {
            Map<String, String> own =
                    Objects.requireNonNullElse(namespace.getMetadata().getLabels(), Map.of());
            if (!own.isEmpty()) {
                labels.put(namespace.getMetadata().getName(), Map.copyOf(own));
            }
        }
        return Map.copyOf(labels);
    }

    private static <T extends HasMetadata> Map<ObjectKey, T> byKey(List<T> objects) {
        Map<ObjectKey, T> byKey = HashMap.newHashMap(objects.size());
        objects.forEach(object -> byKey.put(ObjectKey.of(object), object));
        return byKey;
    }
}
