package io.mcpgateway.controller.cluster;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrantFrom;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.api.v1alpha1.pinning.RememberedTool;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteHosts;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import io.mcpgateway.controller.references.References;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which objects are reconciled when an object changed. Too many is only slow, too few is wrong; the consequences of the
 * change are not decided here. A registration's change also concerns the extensions of its route's Gateways, because
 * they write the configuration.
 */
public final class Triggers {
    private static final Logger log = LoggerFactory.getLogger(Triggers.class);

    private final ClusterCaches caches;
    private final ReconcileQueue queue;

    public Triggers(ClusterCaches caches, ReconcileQueue queue) {
        this.caches = caches;
        this.queue = queue;
    }

    /** Connects every copy; to be called before they start. */
    public void listen() {
        caches.extensions.onChange(this::extension);
        caches.registrations.onChange(this::registration);
        caches.virtualServers.onChange(change -> {
            if (change.isOfSpec()) {
                everyExtension();
            }
        });
        caches.gateways.onChange(this::gateway);
        caches.routes.onChange(this::route);
        caches.grants.onChange(this::grant);
        caches.namespaces.onChange(this::namespace);
        caches.services.onChange(this::service);
        caches.envoyFilters.onChange(this::envoyFilter);
        caches.ownSecrets.onChange(change -> extensionsIn(change.namespace()));
        caches.deployments.onChange(change -> extensionsIn(change.namespace()));
        caches.serviceAccounts.onChange(change -> extensionsIn(change.namespace()));
        caches.roles.onChange(change -> extensionsIn(change.namespace()));
        caches.roleBindings.onChange(change -> extensionsIn(change.namespace()));
        caches.budgets.onChange(change -> extensionsIn(change.namespace()));
        caches.credentialSecrets.forEach(secrets -> secrets.onChange(this::secret));
    }

    /** Everything, for a start. */
    public void all() {
        everyExtension();
        caches.registrations.all().forEach(registration -> queue.registration(ObjectKey.of(registration)));
        everyVirtualServer();
    }

    /** The registrations and virtual servers that an extension's brokers may serve, and the extension. */
    public void brokersOf(String extensionNamespace) {
        extensionsIn(extensionNamespace);
        caches.extensions.inNamespace(extensionNamespace).stream()
                .flatMap(extension -> References.gateway(extension).stream())
                .distinct()
                .forEach(this::registrationsOfGateway);
        everyVirtualServer();
    }

    public void extensionsIn(String namespace) {
        request(caches.extensions.inNamespace(namespace));
    }

    public void everyVirtualServer() {
        caches.virtualServers.all().forEach(virtualServer -> queue.virtualServer(ObjectKey.of(virtualServer)));
    }

    private void extension(Change<MCPGatewayExtension> change) {
        if (!change.isOfSpec()) {
            return;
        }
        // Its public host is closed to servers, and to those of other Gateways too.
        all();
    }

    private void registration(Change<MCPServerRegistration> change) {
        boolean labelled =
                change.versions().anyMatch(registration -> !labels(registration).isEmpty());
        if (labelled && change.differs(Triggers::labels)) {
            // Virtual servers may select it by them, in every configuration.
            everyExtension();
            everyVirtualServer();
        }
        if (change.differs(Triggers::rememberedTools)) {
            change.versions()
                    .flatMap(registration -> References.route(registration).stream())
                    .flatMap(this::routes)
                    .forEach(this::extensionsOfRoute);
        }
        if (change.isOfSpec()) {
            // Its own reconcile may have come before this copy of it.
            change.present().ifPresent(registration -> queue.registration(ObjectKey.of(registration)));
            change.versions()
                    .flatMap(registration -> References.route(registration).stream())
                    .distinct()
                    .flatMap(this::routes)
                    .forEach(route -> {
                        extensionsOfRoute(route);
                        rivalsOf(route);
                    });
        }
    }

    /** The part of its status that brokers are configured with. */
    private static List<RememberedTool> rememberedTools(MCPServerRegistration registration) {
        MCPServerRegistrationStatus status = registration.getStatus();
        return status == null || status.toolPinning() == null
                ? List.of()
                : status.toolPinning().remembered();
    }

    private void gateway(Change<Gateway> change) {
        extensionsOfGateway(change.key());
        if (change.isOfSpec()) {
            // The public host of its extension may be that of a listener.
            all();
        }
    }

    private void route(Change<HTTPRoute> change) {
        registrationsOfRoute(change.key());
        change.versions().forEach(this::extensionsOfRoute);
        if (change.isOfSpec()) {
            change.versions().forEach(this::rivalsOf);
        }
        if (isOurs(change)) {
            extensionsIn(change.namespace());
        }
    }

    private void grant(Change<ReferenceGrant> change) {
        change.versions()
                .filter(grant -> grant.getSpec() != null && grant.getSpec().getFrom() != null)
                .flatMap(grant -> grant.getSpec().getFrom().stream())
                .map(ReferenceGrantFrom::getNamespace)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(this::everythingIn);
    }

    private void namespace(Change<Namespace> change) {
        if (change.begins(NamespaceEnd::hasBegun) && isInUse(change.name())) {
            log.info("namespace is being deleted, nothing more is created in it namespace={}", change.name());
        }
        if (change.differs(namespace -> namespace.getMetadata().getLabels())) {
            everythingIn(change.name());
        }
    }

    private boolean isInUse(String namespace) {
        return !caches.extensions.inNamespace(namespace).isEmpty()
                || !caches.registrations.inNamespace(namespace).isEmpty()
                || !caches.virtualServers.inNamespace(namespace).isEmpty();
    }

    private void service(Change<Service> change) {
        if (isOurs(change)) {
            extensionsIn(change.namespace());
        }
        if (change.differs(Service::getSpec)) {
            caches.routes.byIndex(ClusterCaches.BY_SERVICE, change.key()).forEach(this::routeAndBeyond);
        }
    }

    private void envoyFilter(Change<EnvoyFilter> change) {
        change.versions()
                .map(filter -> labels(filter))
                .map(labels -> new ObjectKey(
                        labels.getOrDefault(ObjectNames.LABEL_EXTENSION_NAMESPACE, ""),
                        labels.getOrDefault(ObjectNames.LABEL_EXTENSION_NAME, "")))
                .distinct()
                .filter(key -> caches.extensions.get(key).isPresent())
                .forEach(queue::extension);
    }

    private void secret(Change<Secret> change) {
        request(caches.extensions.byIndex(ClusterCaches.BY_SECRET, change.key()));
        caches.registrations.byIndex(ClusterCaches.BY_SECRET, change.key()).forEach(registration -> {
            queue.registration(ObjectKey.of(registration));
            References.route(registration).stream().flatMap(this::routes).forEach(this::extensionsOfRoute);
        });
    }

    /** Objects of the namespace that refer to others elsewhere, or are admitted by the namespace's labels. */
    private void everythingIn(String namespace) {
        extensionsIn(namespace);
        if (!caches.virtualServers.inNamespace(namespace).isEmpty()) {
            // They may have hosts that listeners take from some namespaces only.
            everyExtension();
        }
        for (MCPServerRegistration registration : caches.registrations.inNamespace(namespace)) {
            queue.registration(ObjectKey.of(registration));
            References.route(registration).stream().flatMap(this::routes).forEach(this::extensionsOfRoute);
        }
        caches.routes.inNamespace(namespace).forEach(this::routeAndBeyond);
    }

    /** Registrations whose routes may lose a host to the route, or get one back. */
    private void rivalsOf(HTTPRoute route) {
        for (String host : RouteHosts.of(route)) {
            if (host.isEmpty() || host.startsWith("*")) {
                RouteReferences.gateways(route).forEach(this::registrationsOfGateway);
                return;
            }
            RouteHosts.covering(host).stream()
                    .flatMap(name -> caches.routes.byIndex(ClusterCaches.BY_HOST, name).stream())
                    .forEach(rival -> registrationsOfRoute(ObjectKey.of(rival)));
        }
    }

    private void routeAndBeyond(HTTPRoute route) {
        registrationsOfRoute(ObjectKey.of(route));
        rivalsOf(route);
        extensionsOfRoute(route);
    }

    private void registrationsOfGateway(ObjectKey gateway) {
        caches.routes
                .byIndex(ClusterCaches.BY_GATEWAY, gateway)
                .forEach(route -> registrationsOfRoute(ObjectKey.of(route)));
    }

    private void registrationsOfRoute(ObjectKey route) {
        caches.registrations
                .byIndex(ClusterCaches.BY_ROUTE, route)
                .forEach(registration -> queue.registration(ObjectKey.of(registration)));
    }

    /** Even if no registration names the route now, because the last one may just have been deleted. */
    private void extensionsOfRoute(HTTPRoute route) {
        RouteReferences.gateways(route).forEach(this::extensionsOfGateway);
    }

    private void extensionsOfGateway(ObjectKey gateway) {
        request(caches.extensions.byIndex(ClusterCaches.BY_GATEWAY, gateway));
    }

    private void everyExtension() {
        request(caches.extensions.all());
    }

    private void request(List<MCPGatewayExtension> extensions) {
        extensions.forEach(extension -> queue.extension(ObjectKey.of(extension)));
    }

    private Stream<HTTPRoute> routes(ObjectKey key) {
        return caches.routes.get(key).stream();
    }

    private static boolean isOurs(Change<? extends HasMetadata> change) {
        return change.versions()
                .anyMatch(object -> ObjectNames.CONTROLLER.equals(labels(object).get(ObjectNames.LABEL_MANAGED_BY)));
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }
}
