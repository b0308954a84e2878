package io.mcpgateway.controller.cluster;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteHosts;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import io.mcpgateway.controller.marks.RouteUse;
import io.mcpgateway.controller.references.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One watched copy of each kind, shared by the three reconcilers. Kinds that are always many are narrowed by label:
 * Secrets to credentials and to our own, workloads to our own.
 */
public final class ClusterCaches implements AutoCloseable {
    /** Name of the index of an object by the {@code namespace/name} of another that it refers to. */
    static final String BY_GATEWAY = "gateway";

    static final String BY_ROUTE = "route";
    static final String BY_SECRET = "secret";
    static final String BY_SERVICE = "service";
    /** Name of the index of routes by host name, see {@link RouteHosts#of}. */
    static final String BY_HOST = "host";

    /** Name and only value of the index of routes with our mark. */
    static final String MARKED = "marked";

    private static final Map<String, String> OURS = Map.of(ObjectNames.LABEL_MANAGED_BY, ObjectNames.CONTROLLER);

    private final KubernetesClient client;
    private final List<KindCache<?>> all = new ArrayList<>();

    final KindCache<MCPGatewayExtension> extensions;
    final KindCache<MCPServerRegistration> registrations;
    final KindCache<MCPVirtualServer> virtualServers;
    final KindCache<Gateway> gateways;
    final KindCache<HTTPRoute> routes;
    final KindCache<ReferenceGrant> grants;
    final KindCache<Namespace> namespaces;
    final KindCache<Service> services;
    final KindCache<EndpointSlice> brokerEndpoints;
    final KindCache<EnvoyFilter> envoyFilters;
    final KindCache<Deployment> deployments;
    final KindCache<ServiceAccount> serviceAccounts;
    final KindCache<Role> roles;
    final KindCache<RoleBinding> roleBindings;
    final KindCache<PodDisruptionBudget> budgets;
    final KindCache<Secret> ownSecrets;
    final List<KindCache<Secret>> credentialSecrets;

    public ClusterCaches(KubernetesClient client) {
        this.client = client;
        extensions = add(MCPGatewayExtension.class, Map.of())
                .index(BY_GATEWAY, extension -> names(References.gateway(extension).stream()))
                .index(BY_SECRET, extension -> names(References.secrets(extension)));
        registrations = add(MCPServerRegistration.class, Map.of())
                .index(BY_ROUTE, registration -> names(References.route(registration).stream()))
                .index(BY_SECRET, registration -> names(References.secrets(registration)));
        virtualServers = add(MCPVirtualServer.class, Map.of());
        gateways = add(Gateway.class, Map.of());
        routes = add(HTTPRoute.class, Map.of())
                .index(BY_GATEWAY, route -> names(RouteReferences.gateways(route).stream()))
                .index(BY_SERVICE, route -> names(RouteReferences.services(route).stream()))
                .index(BY_HOST, RouteHosts::of)
                .index(MARKED, route -> RouteUse.isMarked(route) ? List.of(MARKED) : List.of());
        grants = add(ReferenceGrant.class, Map.of());
        namespaces = add(Namespace.class, Map.of());
        services = add(Service.class, Map.of());
        brokerEndpoints = add(EndpointSlice.class, Map.of("kubernetes.io/service-name", ObjectNames.BROKER));
        envoyFilters = add(EnvoyFilter.class, OURS);
        deployments = add(Deployment.class, OURS);
        serviceAccounts = add(ServiceAccount.class, OURS);
        roles = add(Role.class, OURS);
        roleBindings = add(RoleBinding.class, OURS);
        budgets = add(PodDisruptionBudget.class, OURS);
        ownSecrets = add(Secret.class, OURS);
        credentialSecrets = List.of(
                add(Secret.class, Map.of("mcp.kuadrant.io/credential", "true")),
                add(Secret.class, Map.of("mcp.kuadrant.io/secret", "true")));
    }

    /** Calls back with a namespace whenever an EndpointSlice of its broker's Service changes. */
    public void onBrokerEndpoints(Consumer<String> listener) {
        brokerEndpoints.onChange(change -> listener.accept(change.namespace()));
    }

    /** All EndpointSlices of the broker's Service in a namespace. */
    public List<EndpointSlice> brokerEndpoints(String namespace) {
        return brokerEndpoints.inNamespace(namespace);
    }

    /** Starts the chosen kinds, unless they are started. */
    void start(Predicate<Class<? extends HasMetadata>> chosen) {
        all.stream()
                .filter(cache -> !cache.isStarted() && chosen.test(cache.type()))
                .forEach(KindCache::start);
    }

    /** Stops the chosen kinds, unless they are stopped. */
    void stop(Predicate<Class<? extends HasMetadata>> chosen) {
        all.stream()
                .filter(cache -> cache.isStarted() && chosen.test(cache.type()))
                .forEach(KindCache::stop);
    }

    /** Whether every kind was listed completely once. Before that, what is not found may still exist. */
    public boolean isComplete() {
        return all.stream().allMatch(KindCache::isSynced);
    }

    /** Whether every kind that is served was listed completely; the others have no objects. */
    public boolean isSettled() {
        return all.stream().noneMatch(cache -> cache.isStarted() && !cache.isSynced());
    }

    /** Names of the kinds that are started but not listed yet. */
    List<String> pending() {
        return all.stream()
                .filter(cache -> cache.isStarted() && !cache.isSynced())
                .map(cache -> cache.type().getSimpleName())
                .distinct()
                .toList();
    }

    /** What the API server does not let us do, of the kinds that were never listed: {@code list gateways.example.com}. */
    List<String> forbidden() {
        return all.stream()
                .flatMap(cache -> cache.forbidden().stream())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        all.forEach(KindCache::stop);
    }

    private static List<String> names(Stream<ObjectKey> keys) {
        return keys.map(ObjectKey::toString).toList();
    }

    private <T extends HasMetadata> KindCache<T> add(Class<T> type, Map<String, String> labels) {
        KindCache<T> cache = new KindCache<>(client, type, labels);
        all.add(cache);
        return cache;
    }
}
