package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.gatewayapi.HostRival;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.CandidateExtension;
import io.mcpgateway.controller.registration.PlannedRegistration;
import io.mcpgateway.controller.registration.RegistrationFacts;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.registration.RegistrationPlanner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the plan of a registration depends on. Decides nothing itself. */
public final class RegistrationObserver {
    private final ClusterReader cluster;
    private final RememberedPlans plans = new RememberedPlans();

    public RegistrationObserver(ClusterReader cluster) {
        this.cluster = cluster;
    }

    /**
     * What is decided about a registration now.
     *
     * @param extensions all of the cluster
     */
    RegistrationPlan plan(MCPServerRegistration registration, List<CandidateExtension> extensions) {
        return plans.of(observe(registration, extensions));
    }

    private RegistrationFacts observe(MCPServerRegistration registration, List<CandidateExtension> extensions) {
        Optional<HTTPRoute> route = registration.getSpec() == null
                ? Optional.empty()
                : cluster.route(RegistrationPlanner.routeKey(registration));
        return new RegistrationFacts(
                registration,
                route,
                route.map(cluster::gatewaysOf).orElse(List.of()),
                extensions,
                route.map(cluster::servicesOf).orElse(List.of()),
                credential(registration).flatMap(cluster::secret),
                caSecret(registration).flatMap(cluster::secret),
                cluster.grants(),
                route.map(found -> cluster.namespaceLabels(found.getMetadata().getNamespace()))
                        .orElse(Map.of()),
                route.map(cluster::routesSharingHosts).map(this::rivals).orElse(List.of()));
    }

    /** All routes that may claim a host. */
    public List<HostRival> claimants(String host) {
        return rivals(cluster.routesClaiming(host));
    }

    private List<HostRival> rivals(List<HTTPRoute> routes) {
        return routes.stream()
                .map(other -> new HostRival(
                        other,
                        cluster.namespaceLabels(other.getMetadata().getNamespace()),
                        cluster.registrationsOf(ObjectKey.of(other)).stream()
                                .filter(user -> RegistrationPlanner.mayUse(user, ObjectKey.of(other), cluster.grants()))
                                .map(ObjectKey::of)
                                .sorted()
                                .toList()))
                .toList();
    }

    /**
     * Every registration with its plan.
     *
     * @param extensions all of the cluster
     */
    public List<PlannedRegistration> planned(List<CandidateExtension> extensions) {
        List<MCPServerRegistration> registrations = cluster.registrations();
        plans.retain(registrations.stream().map(ObjectKey::of).collect(Collectors.toSet()));
        return registrations.stream()
                .map(registration -> new PlannedRegistration(registration, plan(registration, extensions)))
                .toList();
    }

    /** Whether another registration reaches an extension by the same route. */
    boolean isRouteReachedByOthers(MCPServerRegistration registration, List<CandidateExtension> extensions) {
        return cluster.registrationsOf(RegistrationPlanner.routeKey(registration)).stream()
                .filter(other -> !ObjectKey.of(other).equals(ObjectKey.of(registration)))
                .filter(other -> other.getMetadata().getDeletionTimestamp() == null)
                .anyMatch(other -> !plan(other, extensions).reaches().isEmpty());
    }

    /** Whether the cluster is known well enough to plan. */
    boolean isComplete() {
        return cluster.isComplete();
    }

    /** Whether the registration's namespace is on its way out, and the registration with it. */
    boolean isBeingDeleted(MCPServerRegistration registration) {
        return cluster.isBeingDeleted(registration.getMetadata().getNamespace());
    }

    /** Whether the cluster is known well enough to clean up. */
    boolean isSettled() {
        return cluster.isSettled();
    }

    /** Whether the registration names a Secret of which no watch brings news. */
    boolean dependsOnUnwatchedSecret(MCPServerRegistration registration) {
        return Stream.of(credential(registration), caSecret(registration))
                .flatMap(Optional::stream)
                .anyMatch(key -> !cluster.isWatched(key));
    }

    private static Optional<ObjectKey> caSecret(MCPServerRegistration registration) {
        return Optional.ofNullable(registration.getSpec())
                .map(spec -> spec.caCertSecretRef())
                .map(reference -> new ObjectKey(registration.getMetadata().getNamespace(), reference.name()));
    }

    private static Optional<ObjectKey> credential(MCPServerRegistration registration) {
        if (registration.getSpec() == null || registration.getSpec().credentialRef() == null) {
            return Optional.empty();
        }
        return Optional.of(new ObjectKey(
                registration.getMetadata().getNamespace(),
                registration.getSpec().credentialRef().name()));
    }
}
