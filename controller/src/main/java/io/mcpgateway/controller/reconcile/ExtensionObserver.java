package io.mcpgateway.controller.reconcile;

import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.extension.ExtensionFacts;
import io.mcpgateway.controller.extension.ExtensionPlanner;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.CandidateExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what the plan of an extension depends on. Decides nothing. */
public final class ExtensionObserver {
    private final ClusterReader cluster;

    public ExtensionObserver(ClusterReader cluster) {
        this.cluster = cluster;
    }

    ExtensionFacts observe(MCPGatewayExtension extension) {
        List<MCPGatewayExtension> extensions = cluster.extensions();
        Map<String, Map<String, String>> labels = new HashMap<>();
        for (MCPGatewayExtension other : extensions) {
            labels.computeIfAbsent(other.getMetadata().getNamespace(), cluster::namespaceLabels);
        }
        labels.computeIfAbsent(extension.getMetadata().getNamespace(), cluster::namespaceLabels);
        return new ExtensionFacts(
                extension,
                extensions,
                extension.getSpec() == null
                        ? Optional.empty()
                        : cluster.gateway(ExtensionPlanner.gatewayKey(extension)),
                labels,
                cluster.grants(),
                trustedHeadersKey(extension).flatMap(cluster::secret),
                sessionStore(extension).flatMap(cluster::secret),
                caBundle(extension).flatMap(cluster::secret));
    }

    /** All extensions as registrations and virtual servers see them. */
    public List<CandidateExtension> candidates() {
        return cluster.extensions().stream()
                .flatMap(extension ->
                        ExtensionPlanner.candidate(extension, ExtensionPlanner.plan(observe(extension))).stream())
                .toList();
    }

    /** Whether the cluster is known well enough to plan. */
    public boolean isComplete() {
        return cluster.isComplete();
    }

    /** Whether the extension names a Secret of which no watch brings news. */
    boolean dependsOnUnwatchedSecret(MCPGatewayExtension extension) {
        return Stream.of(trustedHeadersKey(extension), sessionStore(extension), caBundle(extension))
                .flatMap(Optional::stream)
                .anyMatch(key -> !cluster.isWatched(key));
    }

    private static Optional<ObjectKey> sessionStore(MCPGatewayExtension extension) {
        return Optional.ofNullable(extension.getSpec())
                .map(spec -> spec.sessionStore())
                .map(store -> new ObjectKey(extension.getMetadata().getNamespace(), store.secretName()));
    }

    private static Optional<ObjectKey> caBundle(MCPGatewayExtension extension) {
        return Optional.ofNullable(extension.getSpec())
                .map(spec -> spec.caCertBundleRef())
                .map(bundle -> new ObjectKey(extension.getMetadata().getNamespace(), bundle.name()));
    }

    private static Optional<ObjectKey> trustedHeadersKey(MCPGatewayExtension extension) {
        if (extension.getSpec() == null || extension.getSpec().trustedHeadersKey() == null) {
            return Optional.empty();
        }
        return Optional.of(new ObjectKey(
                extension.getMetadata().getNamespace(),
                extension.getSpec().trustedHeadersKey().secretName()));
    }
}
