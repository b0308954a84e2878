package io.mcpgateway.controller.extension;

import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.Attachment;
import io.mcpgateway.controller.registration.PlannedRegistration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The hosts that the extension's Envoy filters handle; requests for others on the same port pass untouched. Listener
 * hostnames are used rather than those of routes, so that one more registration changes nothing. Registrations that
 * cannot be served count too: their backends stay closed to direct calls.
 *
 * @param hosts exact ones, lower case, sorted; the public host is among them
 * @param suffixes of wildcard hosts, lower case, sorted, each with its leading dot ({@code .mcp.local})
 */
public record FilterScope(List<String> hosts, List<String> suffixes) {
    public FilterScope {
        hosts = List.copyOf(hosts);
        suffixes = List.copyOf(suffixes);
    }

    /**
     * The scope of one extension.
     *
     * @param registrations all of the cluster, in any order
     */
    public static FilterScope of(
            ObjectKey extension, ExtensionPlan.Proceed plan, List<PlannedRegistration> registrations) {
        TreeSet<String> hosts = new TreeSet<>();
        TreeSet<String> suffixes = new TreeSet<>();
        Stream<String> reached = registrations.stream()
                .filter(planned -> planned.registration().getMetadata().getDeletionTimestamp() == null)
                .flatMap(planned -> planned.plan().reaches().stream())
                .filter(attachment -> attachment.extension().equals(extension))
                .map(Attachment::hosts)
                .flatMap(List::stream);
        Stream.concat(Stream.of(plan.publicHost()), reached)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .filter(FilterScope::isHost)
                .forEach(host -> {
                    if (Hostnames.isWildcard(host)) {
                        suffixes.add(host.substring(1));
                    } else {
                        hosts.add(host);
                    }
                });
        return new FilterScope(List.copyOf(hosts), List.copyOf(suffixes));
    }

    /** Whether requests for the host are handled; without port. */
    public boolean covers(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return hosts.contains(lower) || suffixes.stream().anyMatch(lower::endsWith);
    }

    /** Only valid names may reach Envoy's configuration: it refuses a whole listener for a bad matcher. */
    private static boolean isHost(String host) {
        return Hostnames.problems(Hostnames.isWildcard(host) ? host.substring(2) : host)
                .isEmpty();
    }
}
