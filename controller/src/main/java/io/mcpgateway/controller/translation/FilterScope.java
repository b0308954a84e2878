package io.mcpgateway.controller.translation;

import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.registration.Attachment;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which hosts the extension's Envoy filters handle; requests for others on the same port pass untouched. Listener
 * hostnames are used, not those of routes, so another registration changes nothing. Registrations that
 * cannot be served count too: their servers stay protected from direct calls.
 */
final class FilterScope {
    private FilterScope() {}

    /**
     * The public host, and the hosts under which registered servers may be reached: lower case and sorted.
     *
     * @param attachments of registrations to the extension, in any order
     * @param ofVirtualServers hosts that virtual servers have for themselves
     */
    static Scope.Hosts of(String publicHost, List<Attachment> attachments, Set<String> ofVirtualServers) {
        TreeSet<String> exact = new TreeSet<>();
        TreeSet<String> wildcards = new TreeSet<>();
        attachments.stream()
                .map(Attachment::guarded)
                .flatMap(List::stream)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .filter(FilterScope::isHost)
                .forEach(host -> (Hostnames.isWildcard(host) ? wildcards : exact).add(host));
        // Those that are covered already change nothing, so they drain no listener.
        ofVirtualServers.stream()
                .filter(host -> wildcards.stream().noneMatch(wildcard -> Hostnames.intersect(wildcard, host)))
                .forEach(exact::add);
        exact.remove(publicHost);
        return new Scope.Hosts(publicHost, List.copyOf(exact), List.copyOf(wildcards));
    }

    /** Only valid names may reach Envoy's configuration: it refuses a whole listener for a bad matcher. */
    private static boolean isHost(String host) {
        return Hostnames.problems(Hostnames.isWildcard(host) ? host.substring(2) : host)
                .isEmpty();
    }
}
