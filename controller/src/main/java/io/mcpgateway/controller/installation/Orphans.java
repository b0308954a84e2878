package io.mcpgateway.controller.installation;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.marks.ListenerUse;
import io.mcpgateway.controller.marks.RouteUse;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an extension or a registration has outside of its own namespace, where owner references do not work: filters,
 * marks on listeners, marks on routes. Reconcilers remove it when the object is deleted; this does so if none did.
 */
final class Orphans {
    private static final Logger log = LoggerFactory.getLogger(Orphans.class);

    private final OwnObjects objects;
    private final ObjectWriter writer;
    private final Clock clock;

    Orphans(OwnObjects objects, ObjectWriter writer, Clock clock) {
        this.objects = objects;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * Removes what belongs to objects that are deleted or being deleted.
     *
     * @param everything whether the others will be deleted too
     */
    void remove(boolean everything) {
        Set<ObjectKey> extensions = staying(MCPGatewayExtension.class, everything)
                .map(ObjectKey::of)
                .collect(Collectors.toUnmodifiableSet());
        Set<ObjectKey> routes = staying(MCPServerRegistration.class, everything)
                .filter(registration -> registration.getSpec() != null)
                .map(Orphans::route)
                .collect(Collectors.toUnmodifiableSet());
        // A filter without a broker behind it refuses every request: first of all it has to go.
        objects.list(EnvoyFilter.class).stream()
                .filter(filter -> isOrphan(filter, extensions))
                .forEach(this::delete);
        objects.list(Gateway.class).forEach(gateway -> unmark(gateway, extensions));
        objects.list(HTTPRoute.class).stream()
                .filter(route -> !routes.contains(ObjectKey.of(route)))
                .forEach(this::unmark);
    }

    private <T extends HasMetadata> Stream<T> staying(Class<T> kind, boolean everything) {
        return everything
                ? Stream.empty()
                : objects.list(kind).stream().filter(object -> !OwnObjects.isBeingDeleted(object));
    }

    private static ObjectKey route(MCPServerRegistration registration) {
        var target = registration.getSpec().targetRef();
        return new ObjectKey(target.namespaceOr(registration.getMetadata().getNamespace()), target.name());
    }

    private static boolean isOrphan(EnvoyFilter filter, Set<ObjectKey> extensions) {
        Map<String, String> labels =
                Objects.requireNonNullElse(filter.getMetadata().getLabels(), Map.of());
        return ObjectNames.CONTROLLER.equals(labels.get(ObjectNames.LABEL_MANAGED_BY))
                && !extensions.contains(new ObjectKey(
                        labels.getOrDefault(ObjectNames.LABEL_EXTENSION_NAMESPACE, ""),
                        labels.getOrDefault(ObjectNames.LABEL_EXTENSION_NAME, "")));
    }

    private void delete(EnvoyFilter filter) {
        writer.delete(filter);
        log.info("deleted orphaned EnvoyFilter object={}", ObjectKey.of(filter));
    }

    private void unmark(Gateway gateway, Set<ObjectKey> extensions) {
        writer.mark(gateway, live -> ListenerUse.unmarkedBut(live, extensions));
    }

    private void unmark(HTTPRoute route) {
        writer.mark(route, live -> RouteUse.marked(live, false, clock.instant()));
    }
}
