package io.mcpgateway.controller.virtualserver;

import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.UrlPaths;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.Seniority;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who has which of the URLs that virtual servers choose. The oldest object keeps a URL; a host that an HTTPRoute names
 * is never taken from it. Whoever is refused keeps the URL that every virtual server has.
 */
public final class UrlClaims {
    /** Of a cluster without virtual servers. */
    public static final UrlClaims NONE = new UrlClaims(Map.of());

    private final Map<ObjectKey, UrlClaim> claims;

    private UrlClaims(Map<ObjectKey, UrlClaim> claims) {
        this.claims = Map.copyOf(claims);
    }

    /**
     * Where hosts may be had.
     *
     * @param listeners of all extensions that serve
     * @param labels of a namespace
     * @param routes the HTTPRoutes that name a host, in lower case, exactly
     */
    public record Places(
            List<PublicListener> listeners,
            Function<String, Map<String, String>> labels,
            Function<String, List<ObjectKey>> routes) {
        public Places {
            listeners = List.copyOf(listeners);
        }
    }

    /** Those that are being deleted claim nothing. */
    public static UrlClaims of(List<MCPVirtualServer> virtualServers, Places places) {
        Map<ObjectKey, UrlClaim> claims = new HashMap<>();
        Map<String, ObjectKey> owners = new HashMap<>();
        virtualServers.stream()
                .filter(virtualServer -> virtualServer.getMetadata().getDeletionTimestamp() == null)
                .sorted(Seniority.OLDEST_THEN_NAME)
                .forEach(
                        virtualServer -> claims.put(ObjectKey.of(virtualServer), claim(virtualServer, owners, places)));
        return new UrlClaims(claims);
    }

    /** Of a virtual server that is not known yet: as if it had chosen nothing. */
    public UrlClaim of(ObjectKey virtualServer) {
        UrlClaim claim = claims.get(virtualServer);
        return claim == null ? usual(virtualServer) : claim;
    }

    /** The hosts that virtual servers have for themselves at an extension. */
    public Set<String> hostnames(ObjectKey extension) {
        return claims.values().stream()
                .flatMap(claim -> claim.at(extension).hostname().stream())
                .collect(Collectors.toSet());
    }

    private static UrlClaim usual(ObjectKey virtualServer) {
        return UrlClaim.granted(
                ChosenUrl.NONE, Set.of(), "served at " + UrlPaths.ofVirtualServer(virtualServer.toString()));
    }

    private static UrlClaim claim(MCPVirtualServer virtualServer, Map<String, ObjectKey> owners, Places places) {
        ObjectKey key = ObjectKey.of(virtualServer);
        ChosenUrl chosen = chosen(virtualServer);
        if (chosen.isNone()) {
            return usual(key);
        }
        Optional<UrlClaim> invalid = invalid(chosen);
        if (invalid.isPresent()) {
            return invalid.get();
        }
        String path = chosen.pathThere().orElseThrow();
        String url = chosen.hostname().orElse("") + path;
        ObjectKey owner = owners.get(url);
        if (owner != null) {
            return UrlClaim.refused(
                    chosen.hostname().isPresent() ? Reason.HOSTNAME_TAKEN : Reason.PATH_TAKEN,
                    "%s is that of MCPVirtualServer %s, which is older; choose another one for %s"
                            .formatted(url, owner, key));
        }
        Set<ObjectKey> extensions = places.listeners().stream()
                .filter(listener -> admits(listener, chosen, key, places))
                .map(PublicListener::extension)
                .collect(Collectors.toSet());
        Optional<UrlClaim> refused = chosen.hostname().flatMap(host -> hostRefused(host, key, extensions, places));
        if (refused.isEmpty()) {
            owners.put(url, key);
        }
        return refused.orElseGet(() -> UrlClaim.granted(chosen, extensions, "served at " + url));
    }

    private static boolean admits(PublicListener listener, ChosenUrl chosen, ObjectKey key, Places places) {
        return chosen.hostname().isEmpty()
                || listener.admits(
                        chosen.hostname().get(),
                        key.namespace(),
                        places.labels().apply(key.namespace()));
    }

    private static Optional<UrlClaim> invalid(ChosenUrl chosen) {
        if (chosen.path().isPresent() && !ChosenUrl.isPath(chosen.path().get())) {
            return Optional.of(UrlClaim.refused(
                    Reason.INVALID_SPEC,
                    "spec.path \"%s\" is not /mcp/ and one word other than %s, such as /mcp/finance"
                            .formatted(chosen.path().get(), UrlPaths.SERVERS)));
        }
        return chosen.hostname()
                .map(Hostnames::problems)
                .filter(problems -> !problems.isEmpty())
                .map(problems -> UrlClaim.refused(
                        Reason.INVALID_SPEC,
                        "spec.hostname \"%s\": %s".formatted(chosen.hostname().get(), String.join("; ", problems))));
    }

    private static Optional<UrlClaim> hostRefused(
            String host, ObjectKey key, Set<ObjectKey> extensions, Places places) {
        Optional<PublicListener> sameAsPublic = places.listeners().stream()
                .filter(listener -> listener.publicHost().equalsIgnoreCase(host))
                .findFirst();
        if (sameAsPublic.isPresent()) {
            return Optional.of(UrlClaim.refused(
                    Reason.HOSTNAME_TAKEN,
                    "host %s is the public host of MCPGatewayExtension %s; %s needs another one"
                            .formatted(host, sameAsPublic.get().extension(), key)));
        }
        List<ObjectKey> routes = places.routes().apply(host);
        if (!routes.isEmpty()) {
            return Optional.of(UrlClaim.refused(
                    Reason.HOSTNAME_TAKEN,
                    "host %s is that of HTTPRoute %s; %s needs another one".formatted(host, routes.getFirst(), key)));
        }
        return extensions.isEmpty()
                ? Optional.of(UrlClaim.refused(
                        Reason.HOSTNAME_NOT_ADMITTED,
                        "host %s: no gateway's listener takes it from namespace %s; there are %s"
                                .formatted(host, key.namespace(), described(places.listeners()))))
                : Optional.empty();
    }

    private static String described(List<PublicListener> listeners) {
        return listeners.isEmpty()
                ? "no valid MCPGatewayExtensions"
                : listeners.stream().map(PublicListener::described).sorted().collect(Collectors.joining(", "));
    }

    private static ChosenUrl chosen(MCPVirtualServer virtualServer) {
        return virtualServer.getSpec() == null
                ? ChosenUrl.NONE
                : new ChosenUrl(
                        Optional.ofNullable(virtualServer.getSpec().path()),
                        Optional.ofNullable(virtualServer.getSpec().hostname()));
    }
}
