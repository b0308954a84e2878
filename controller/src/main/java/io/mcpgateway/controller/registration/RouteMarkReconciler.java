package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.cluster.StatusLists;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Keeps the mark on HTTPRoutes that registrations use, and takes it off those that none uses any more. */
public final class RouteMarkReconciler {
    private final ClusterReader cluster;
    private final ObjectWriter writer;
    private final Clock clock;

    public RouteMarkReconciler(ClusterReader cluster, ObjectWriter writer, Clock clock) {
        this.cluster = cluster;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Marks or unmarks one route, and unmarks those that no registration names.
     *
     * @param inUse whether some registration reaches an extension by the route
     */
    void reconcile(ObjectKey key, boolean inUse) {
        cluster.route(key).ifPresent(route -> mark(route, inUse));
        sweep(key);
    }

    /**
     * Unmarks the routes that no registration names, or only such as are being deleted. To be repeated whenever a route
     * or a registration changes: what goes may be looked at before the watched copies know of it.
     */
    public void sweep() {
        cluster.markedRoutes().forEach(route -> unmarkIfUnused(route, _ -> false));
    }

    /** The same, and does without a registration that is being deleted, whatever the watched copy says of it. */
    void sweepWithout(MCPServerRegistration going) {
        cluster.markedRoutes()
                .forEach(route -> unmarkIfUnused(
                        route, registration -> ObjectKey.of(registration).equals(ObjectKey.of(going))));
    }

    private void sweep(ObjectKey except) {
        cluster.markedRoutes().stream()
                .filter(route -> !ObjectKey.of(route).equals(except))
                .forEach(route -> unmarkIfUnused(route, _ -> false));
    }

    private void unmarkIfUnused(HTTPRoute route, Predicate<MCPServerRegistration> known) {
        if (cluster.registrationsOf(ObjectKey.of(route)).stream().allMatch(known.or(RouteMarkReconciler::isGoing))) {
            mark(route, false);
        }
    }

    private void mark(HTTPRoute known, boolean inUse) {
        writer.mark(
                known,
                route -> RouteUse.marked(route, inUse, clock.instant())
                        .map(wanted -> StatusLists.parents(parents(route), wanted)));
    }

    private static List<RouteParentStatus> parents(HTTPRoute route) {
        return Objects.requireNonNull(route.getStatus()).getParents();
    }

    private static boolean isGoing(MCPServerRegistration registration) {
        return registration.getMetadata().getDeletionTimestamp() != null;
    }
}
