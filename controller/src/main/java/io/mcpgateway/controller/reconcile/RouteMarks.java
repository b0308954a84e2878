package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.marks.RouteUse;
import java.time.Clock;
import java.util.function.Predicate;

/** Keeps the mark on HTTPRoutes that registrations use, and takes it off those that none uses any more. */
public final class RouteMarks {
    private final ClusterReader cluster;
    private final ObjectWriter writer;
    private final Clock clock;

    public RouteMarks(ClusterReader cluster, ObjectWriter writer, Clock clock) {
        this.cluster = cluster;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Marks or unmarks one route.
     *
     * @param inUse whether some registration reaches an extension by the route
     */
    void mark(ObjectKey key, boolean inUse) {
        cluster.route(key).ifPresent(route -> mark(route, inUse));
    }

    /**
     * Unmarks the routes that no registration names, or only such as are being deleted. To be repeated whenever a route
     * or a registration changes: what goes may be looked at before the watched copies know of it.
     */
    public void sweep() {
        unmarkUnused(RouteMarks::isGoing);
    }

    /** The same without a registration that is being deleted, whatever the watched copy says. */
    void sweepWithout(MCPServerRegistration going) {
        ObjectKey gone = ObjectKey.of(going);
        unmarkUnused(registration ->
                isGoing(registration) || ObjectKey.of(registration).equals(gone));
    }

    private void unmarkUnused(Predicate<MCPServerRegistration> goes) {
        cluster.markedRoutes().stream()
                .filter(route ->
                        cluster.registrationsOf(ObjectKey.of(route)).stream().allMatch(goes))
                .forEach(route -> mark(route, false));
    }

    private void mark(HTTPRoute known, boolean inUse) {
        writer.mark(known, route -> RouteUse.marked(route, inUse, clock.instant()));
    }

    private static boolean isGoing(MCPServerRegistration registration) {
        return registration.getMetadata().getDeletionTimestamp() != null;
    }
}
