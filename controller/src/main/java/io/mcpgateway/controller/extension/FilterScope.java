package io.mcpgateway.controller.extension;

import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.Attachment;
import io.mcpgateway.controller.registration.PlannedRegistration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Which hosts the extension's Envoy filters handle; requests for others on the same port pass untouched. Listener
 * hostnames are used rather than those of routes, so that one more registration changes nothing. Registrations that
 * cannot be served count too: their backends stay closed to direct calls.
 */
public final class FilterScope {
    private FilterScope() {}

    /**
     * The public host, and the hosts under which registered servers may be reached: lower case and sorted.
     *
     * @param registrations all of the cluster, in any order
     */
    public static Scope.Hosts of(
            ObjectKey extension, ExtensionPlan.Proceed plan, List<PlannedRegistration> registrations) {
        TreeSet<String> exact = new TreeSet<>();
        TreeSet<String> wildcards = new TreeSet<>();
        registrations.stream()
                .filter(planned -> planned.registration().getMetadata().getDeletionTimestamp() == null)
                .flatMap(planned -> planned.plan().reaches().stream())
                .filter(attachment -> attachment.extension().equals(extension))
                .map(Attachment::guarded)
                .flatMap(List::stream)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .filter(FilterScope::isHost)
                .forEach(host -> (Hostnames.isWildcard(host) ? wildcards : exact).add(host));
        exact.remove(plan.publicHost());
        return new Scope.Hosts(plan.publicHost(), List.copyOf(exact), List.copyOf(wildcards));
    }

    /** Only valid names may reach Envoy's configuration: it refuses a whole listener for a bad matcher. */
    private static boolean isHost(String host) {
        return Hostnames.problems(Hostnames.isWildcard(host) ? host.substring(2) : host)
                .isEmpty();
    }
}
