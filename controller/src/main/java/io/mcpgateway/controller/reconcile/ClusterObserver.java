package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.translation.ClusterFacts;
import io.mcpgateway.controller.translation.Essentials;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what plans depend on from the watched copies. Decides nothing. */
final class ClusterObserver {
    /**
     * The facts at one moment.
     *
     * @param number greater than that of every observation that may have seen less
     */
    record Observation(long number, ClusterFacts facts) {}

    private final ClusterReader cluster;
    private long observations;
    private final Kept<MCPGatewayExtension> extensions = new Kept<>(Essentials::of);
    private final Kept<MCPServerRegistration> registrations = new Kept<>(Essentials::of);
    private final Kept<MCPVirtualServer> virtualServers = new Kept<>(Essentials::of);
    private final Kept<Gateway> gateways = new Kept<>(Essentials::of);
    private final Kept<HTTPRoute> routes = new Kept<>(Essentials::of);
    private final Kept<Service> services = new Kept<>(Essentials::of);
    private final Kept<ReferenceGrant> grants = new Kept<>(Essentials::of);
    private final Kept<Namespace> namespaces = new Kept<>(Essentials::of);
    private final Kept<Secret> secrets = new Kept<>(Essentials::of);

    ClusterObserver(ClusterReader cluster) {
        this.cluster = cluster;
    }

    /** The facts as they are now. Secrets that no watch brings are asked for, without hindering other callers. */
    Observation observe() {
        Observation observation = objects();
        ClusterFacts objects = observation.facts();
        List<Secret> named = Stream.concat(
                        objects.extensions().stream().flatMap(References::secrets),
                        objects.registrations().stream().flatMap(References::secrets))
                .distinct()
                .map(cluster::secret)
                .flatMap(Optional::stream)
                .toList();
        return new Observation(observation.number(), objects.withSecrets(kept(named)));
    }

    private synchronized Observation objects() {
        ClusterFacts facts = new ClusterFacts(
                extensions.of(cluster.extensions()),
                registrations.of(cluster.registrations()),
                virtualServers.of(cluster.virtualServers()),
                gateways.of(cluster.gateways()),
                routes.of(cluster.routes()),
                services.of(cluster.services()),
                grants.of(cluster.grants()),
                namespaces.of(cluster.namespaces()),
                List.of());
        return new Observation(++observations, facts);
    }

    private synchronized List<Secret> kept(List<Secret> named) {
        return secrets.of(named);
    }
}
