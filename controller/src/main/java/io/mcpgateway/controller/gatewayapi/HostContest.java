package io.mcpgateway.controller.gatewayapi;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who gets the calls to a host: the Gateway API's precedence and, where Istio differs or may differ, the worse case. A
 * wildcard never takes a call from a route with the exact host. Otherwise, the closest match takes it: exact path,
 * longest prefix, method, headers, query parameters; then the oldest route, then the first by name. Routes that are on
 * other listeners or have other host names are not merged in Istio: there the complete older group comes first.
 */
public final class HostContest {
    /** How a rival stands to the calls. */
    public enum Standing {
        /** It has nothing to do with the host, or leads to the same backend. */
        APART,
        /** It covers the host with a wildcard: it gets calls once no route has the host itself. */
        COVERS,
        /** It claims the host, but takes none of the calls. */
        SHARES,
        /** It takes calls, or may, because it is older. */
        TAKES_BY_AGE,
        /** It takes calls, or may, because a match of it is closer. */
        TAKES_BY_MATCH
    }

    /** What clients of a route do: all calls to one path of one host at one port of a Gateway. */
    public record Calls(Gateway gateway, int port, String host, String path) {
        public Calls {
            Objects.requireNonNull(gateway, "gateway");
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(path, "path");
        }
    }

    /** The methods of MCP's Streamable HTTP. A server may do without all but the first. */
    private static final List<String> METHODS = List.of("POST", "GET", "DELETE");

    private final HostRival own;
    private final Calls calls;
    private final Collection<ReferenceGrant> grants;
    private final Set<String> places;
    private final boolean elderElsewhere;

    private HostContest(
            HostRival own, Calls calls, Collection<ReferenceGrant> grants, Set<String> places, boolean elderElsewhere) {
        this.own = own;
        this.calls = calls;
        this.grants = List.copyOf(grants);
        this.places = Set.copyOf(places);
        this.elderElsewhere = elderElsewhere;
    }

    /**
     * The contest for the calls of one route.
     *
     * @param rivals all other routes that may claim the host
     * @param grants at least those of the namespaces of their backends
     */
    public static HostContest of(
            HostRival own, Calls calls, List<HostRival> rivals, Collection<ReferenceGrant> grants) {
        Set<String> places = claim(own, calls).places();
        boolean elderElsewhere = rivals.stream()
                .filter(rival -> isOlder(rival, own))
                .map(rival -> claim(rival, calls))
                .anyMatch(claim -> claim.extent() == HostClaim.Extent.EXACT
                        && !claim.places().equals(places));
        return new HostContest(own, calls, grants, places, elderElsewhere);
    }

    /** The hosts without wildcard that a route claims at one port of a Gateway. */
    public static Set<String> hosts(HTTPRoute route, Map<String, String> labels, Gateway gateway, int port) {
        return HostClaim.hosts(route, labels, gateway, port);
    }

    /** Whether a rival's route comes first among equals. */
    public static boolean isOlder(HostRival rival, HostRival own) {
        return Seniority.OLDEST_THEN_NAME.compare(rival.route(), own.route()) < 0;
    }

    /** Whether one of the route's matches takes every call with POST. */
    public static boolean takesEveryCall(HTTPRoute route, String path) {
        return RouteBackend.rules(route).stream()
                .flatMap(rule -> RouteMatch.of(rule).stream())
                .anyMatch(match -> match.takesEvery(path, METHODS.getFirst()));
    }

    public Standing standing(HostRival rival) {
        HostClaim claim = claim(rival, calls);
        return switch (claim.extent()) {
            case NONE -> Standing.APART;
            case COVERED -> leadsElsewhere(rival) ? Standing.COVERS : Standing.APART;
            case EXACT -> exact(rival, claim);
        };
    }

    private Standing exact(HostRival rival, HostClaim claim) {
        boolean older = isOlder(rival, own);
        boolean merged = places.size() == 1 && claim.places().equals(places);
        if (takes(rival, older, !merged && elderElsewhere)) {
            return older ? Standing.TAKES_BY_AGE : Standing.TAKES_BY_MATCH;
        }
        return leadsElsewhere(rival) ? Standing.SHARES : Standing.APART;
    }

    private boolean takes(HostRival rival, boolean older, boolean first) {
        return foreign(rival)
                .flatMap(rule -> RouteMatch.of(rule).stream())
                .anyMatch(match -> METHODS.stream().anyMatch(method -> takes(match, method, older, first)));
    }

    private boolean takes(RouteMatch match, String method, boolean older, boolean first) {
        if (!match.mayTake(calls.path(), method)) {
            return false;
        }
        return first
                || RouteBackend.rules(own.route()).stream()
                        .flatMap(rule -> RouteMatch.of(rule).stream())
                        .filter(mine -> mine.takesEvery(calls.path(), method))
                        .allMatch(mine -> match.mayPrecede(mine, older));
    }

    private boolean leadsElsewhere(HostRival rival) {
        return foreign(rival).findAny().isPresent();
    }

    /** The rival's rules that lead to another backend than ours, or may. */
    private Stream<HTTPRouteRule> foreign(HostRival rival) {
        Optional<RouteBackend> mine = RouteBackend.first(own.route());
        return RouteBackend.rules(rival.route()).stream()
                .filter(rule -> !RouteBackend.only(
                                rule, rival.route().getMetadata().getNamespace(), grants)
                        .equals(mine));
    }

    private static HostClaim claim(HostRival rival, Calls calls) {
        return HostClaim.of(rival.route(), rival.namespaceLabels(), calls.gateway(), calls.port(), calls.host());
    }
}
