package io.mcpgateway.controller.golden;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeaderMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * What a gateway makes of HTTPRoutes on one port, written down anew from the specification and from how Istio builds
 * its tables, and sharing no line with the planner: hosts first, then exact path, longest prefix, pattern, method,
 * headers, query parameters, then the oldest route, then the first by name.
 */
final class RouteTable {
    /** Where gateways, or versions of Istio, differ. */
    enum Habit {
        /** As the specification says: all routes of a host in one order. */
        SPECIFICATION,
        /** Istio: routes are merged by listener and written host name, and older groups come first as a whole. */
        GROUPS,
        /** The same, and matches of everything go to the end. */
        GROUPS_THEN_CATCH_ALL,
        /** The same as groups, and the method does not count. */
        GROUPS_WITHOUT_METHOD
    }

    record Call(String host, String path, String query, String method, Map<String, String> headers) {}

    private record Entry(HTTPRoute route, HTTPRouteMatch match, String backend) {
        String path() {
            return match.getPath() == null ? "/" : match.getPath().getValue();
        }

        int rank() {
            String type =
                    match.getPath() == null ? "PathPrefix" : match.getPath().getType();
            return List.of("RegularExpression", "PathPrefix", "Exact").indexOf(type);
        }

        int headers() {
            return match.getHeaders() == null ? 0 : match.getHeaders().size();
        }

        int queries() {
            return match.getQueryParams() == null ? 0 : match.getQueryParams().size();
        }

        boolean catchesAll() {
            return rank() == 1 && path().equals("/") && headers() + queries() == 0;
        }

        boolean matches(Call call) {
            String path = path();
            boolean onPath = switch (rank()) {
                case 0 -> call.path().matches(path);
                case 2 -> call.path().equals(path);
                default -> {
                    String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
                    yield call.path().equals(prefix) || call.path().startsWith(prefix + "/");
                }
            };
            return onPath
                    && (match.getMethod() == null || match.getMethod().equals(call.method()))
                    && (match.getHeaders() == null
                            || match.getHeaders().stream().allMatch(header -> has(header, call)))
                    && (match.getQueryParams() == null
                            || match.getQueryParams().stream()
                                    .allMatch(query -> call.query().equals(query.getName() + "=" + query.getValue())));
        }

        private static boolean has(HTTPHeaderMatch header, Call call) {
            return header.getValue().equals(call.headers().get(header.getName()));
        }
    }

    private static final Comparator<HTTPRoute> AGE = Comparator.<HTTPRoute, String>comparing(
                    route -> route.getMetadata().getCreationTimestamp())
            .thenComparing(route -> route.getMetadata().getNamespace())
            .thenComparing(route -> route.getMetadata().getName());

    private final Map<String, List<Entry>> byDomain = new TreeMap<>();

    /** @param admits whether a listener takes routes of a namespace */
    RouteTable(Gateway gateway, int port, List<HTTPRoute> routes, BiPredicate<Listener, String> admits, Habit habit) {
        Map<String, Map<String, List<HTTPRoute>>> groups = new TreeMap<>();
        for (HTTPRoute route : routes.stream().sorted(AGE).toList()) {
            for (Listener listener : gateway.getSpec().getListeners()) {
                if (listener.getPort() != port
                        || !admits.test(listener, route.getMetadata().getNamespace())
                        || route.getSpec().getParentRefs().stream()
                                .noneMatch(parent -> names(parent, route, gateway, listener))) {
                    continue;
                }
                List<String> hosts = route.getSpec().getHostnames() == null
                                || route.getSpec().getHostnames().isEmpty()
                        ? List.of("*")
                        : route.getSpec().getHostnames();
                for (String host : hosts) {
                    domain(Objects.requireNonNullElse(listener.getHostname(), "*"), host)
                            .ifPresent(domain -> groups.computeIfAbsent(domain, _ -> new LinkedHashMap<>())
                                    .computeIfAbsent(
                                            habit == Habit.SPECIFICATION ? "" : listener.getName() + " " + host,
                                            _ -> new ArrayList<>())
                                    .add(route));
                }
            }
        }
        groups.forEach((domain, named) -> byDomain.put(domain, entries(named, habit)));
    }

    /** Namespace, name and port of the backend that gets the call; nothing if the gateway answers it. */
    Optional<String> backend(Call call) {
        return byDomain.keySet().stream()
                .filter(domain -> domain.equals("*")
                        || domain.equals(call.host())
                        || (domain.startsWith("*.") && call.host().endsWith(domain.substring(1))))
                .max(Comparator.<String, Boolean>comparing(domain -> domain.equals(call.host()))
                        .thenComparingInt(String::length))
                .flatMap(domain -> Objects.requireNonNull(byDomain.get(domain)).stream()
                        .filter(entry -> entry.matches(call))
                        .findFirst())
                .map(Entry::backend);
    }

    private static List<Entry> entries(Map<String, List<HTTPRoute>> groups, Habit habit) {
        List<Entry> entries = new ArrayList<>();
        groups.values().stream()
                .sorted(Comparator.comparing(List::getFirst, AGE))
                .map(routes -> routes.stream()
                        .distinct()
                        .flatMap(route -> route.getSpec().getRules().stream()
                                .flatMap(rule -> matches(rule).stream()
                                        .map(match -> new Entry(route, match, backend(route, rule)))))
                        .sorted(closest(habit))
                        .toList())
                .forEach(entries::addAll);
        if (habit == Habit.GROUPS_THEN_CATCH_ALL) {
            entries.sort(Comparator.comparing(Entry::catchesAll));
        }
        return entries;
    }

    private static Comparator<Entry> closest(Habit habit) {
        Comparator<Entry> path = Comparator.comparingInt(Entry::rank)
                .thenComparingInt(entry -> entry.path().length());
        Comparator<Entry> method = habit == Habit.GROUPS_WITHOUT_METHOD
                ? path
                : path.thenComparing(entry -> entry.match().getMethod() != null);
        return method.thenComparingInt(Entry::headers)
                .thenComparingInt(Entry::queries)
                .reversed();
    }

    private static List<HTTPRouteMatch> matches(HTTPRouteRule rule) {
        return rule.getMatches() == null || rule.getMatches().isEmpty()
                ? List.of(new HTTPRouteMatch())
                : rule.getMatches();
    }

    private static String backend(HTTPRoute route, HTTPRouteRule rule) {
        if (rule.getFilters() != null && !rule.getFilters().isEmpty()) {
            return "filtered by " + route.getMetadata().getName();
        }
        var reference = rule.getBackendRefs().getFirst();
        return "%s/%s:%d"
                .formatted(
                        Objects.requireNonNullElse(
                                reference.getNamespace(), route.getMetadata().getNamespace()),
                        reference.getName(),
                        reference.getPort());
    }

    private static boolean names(ParentReference parent, HTTPRoute route, Gateway gateway, Listener listener) {
        return parent.getName().equals(gateway.getMetadata().getName())
                && Objects.requireNonNullElse(
                                parent.getNamespace(), route.getMetadata().getNamespace())
                        .equals(gateway.getMetadata().getNamespace())
                && (parent.getSectionName() == null || parent.getSectionName().equals(listener.getName()));
    }

    private static Optional<String> domain(String listener, String host) {
        if (listener.equals(host) || listener.equals("*")) {
            return Optional.of(host);
        }
        if (host.equals("*")) {
            return Optional.of(listener);
        }
        if (listener.startsWith("*.") && host.endsWith(listener.substring(1))) {
            return Optional.of(host);
        }
        return host.startsWith("*.") && listener.endsWith(host.substring(1)) ? Optional.of(listener) : Optional.empty();
    }
}
