package io.mcpgateway.controller.cluster;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Optional;

/** The content of the cluster, from the watched copies; only Secrets without our label cost a request. */
public final class ClusterReader {
    private final ClusterCaches caches;
    private final UnlabelledSecrets unlabelled;

    public ClusterReader(ClusterCaches caches, UnlabelledSecrets unlabelled) {
        this.caches = caches;
        this.unlabelled = unlabelled;
    }

    /** Whether what is not found here does not exist. */
    public boolean isComplete() {
        return caches.isComplete();
    }

    /** Whether what is not found here does not exist, apart from kinds that do not exist either. */
    public boolean isSettled() {
        return caches.isSettled();
    }

    public List<MCPGatewayExtension> extensions() {
        return caches.extensions.all();
    }

    public List<MCPServerRegistration> registrations() {
        return caches.registrations.all();
    }

    /** Those whose spec names the route. */
    public List<MCPServerRegistration> registrationsOf(ObjectKey route) {
        return caches.registrations.byIndex(ClusterCaches.BY_ROUTE, route);
    }

    public List<MCPVirtualServer> virtualServers() {
        return caches.virtualServers.all();
    }

    public Optional<Gateway> gateway(ObjectKey key) {
        return caches.gateways.get(key);
    }

    public List<Gateway> gateways() {
        return caches.gateways.all();
    }

    public List<HTTPRoute> routes() {
        return caches.routes.all();
    }

    public Optional<HTTPRoute> route(ObjectKey key) {
        return caches.routes.get(key);
    }

    /** The routes that carry our mark in their status. */
    public List<HTTPRoute> markedRoutes() {
        return caches.routes.byIndex(ClusterCaches.MARKED, ClusterCaches.MARKED);
    }

    public List<ReferenceGrant> grants() {
        return caches.grants.all();
    }

    public List<Service> services() {
        return caches.services.all();
    }

    public List<Namespace> namespaces() {
        return caches.namespaces.all();
    }

    /** Whether the namespace is on its way out, as far as the watched copy tells. */
    public boolean isBeingDeleted(String namespace) {
        return caches.namespaces.get(namespace).filter(NamespaceEnd::hasBegun).isPresent();
    }

    /** A Secret of any labels. One without ours may be some seconds old. */
    public Optional<Secret> secret(ObjectKey key) {
        return labelled(key).or(() -> unlabelled.get(key));
    }

    /** Whether a change of the Secret, its creation included, is noticed. */
    public boolean isWatched(ObjectKey secret) {
        return labelled(secret).isPresent();
    }

    public Optional<Secret> ownSecret(ObjectKey key) {
        return caches.ownSecrets.get(key);
    }

    public Optional<Deployment> deployment(String namespace) {
        return caches.deployments.get(broker(namespace));
    }

    public Optional<Service> service(String namespace) {
        return caches.services.get(broker(namespace));
    }

    public Optional<ServiceAccount> serviceAccount(String namespace) {
        return caches.serviceAccounts.get(broker(namespace));
    }

    public Optional<Role> role(String namespace) {
        return caches.roles.get(broker(namespace));
    }

    public Optional<RoleBinding> roleBinding(String namespace) {
        return caches.roleBindings.get(broker(namespace));
    }

    public Optional<PodDisruptionBudget> disruptionBudget(String namespace) {
        return caches.budgets.get(broker(namespace));
    }

    public Optional<EnvoyFilter> envoyFilter(ObjectKey key) {
        return caches.envoyFilters.get(key);
    }

    public List<EnvoyFilter> envoyFilters() {
        return caches.envoyFilters.all();
    }

    private Optional<Secret> labelled(ObjectKey key) {
        for (KindCache<Secret> secrets : caches.credentialSecrets) {
            Optional<Secret> found = secrets.get(key);
            if (found.isPresent()) {
                return found;
            }
        }
        return caches.ownSecrets.get(key);
    }

    private static ObjectKey broker(String namespace) {
        return new ObjectKey(namespace, ObjectNames.BROKER);
    }
}
