package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.doctor.access.Deadline;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.ClusterView.Listing;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Reads the configuration of each istiod, one ConfigMap. Whoever may not read it misses one explanation, so that is not
 * worth a finding.
 */
final class MeshReading {
    private static final String CONFIG = "istio";
    private static final String REVISION = "istio.io/rev";
    private static final String NO_REVISION = "default";

    private final KubernetesClient client;

    MeshReading(KubernetesClient client) {
        this.client = client;
    }

    void add(Map<Class<? extends HasMetadata>, Listing> kinds, Deadline deadline) throws InterruptedException {
        Map<ObjectKey, Callable<Optional<ConfigMap>>> tasks = new ClusterView(kinds)
                .all(Deployment.class).stream()
                        .filter(Labels::isIstiod)
                        .collect(Collectors.toMap(ObjectKey::of, istiod -> () -> read(istiod)));
        kinds.put(
                ConfigMap.class,
                Listing.complete(deadline.all(tasks, _ -> Optional.empty()).values().stream()
                        .flatMap(Optional::stream)
                        .toList()));
    }

    private Optional<ConfigMap> read(Deployment istiod) {
        String revision = Objects.requireNonNullElse(istiod.getMetadata().getLabels(), Map.<String, String>of())
                .getOrDefault(REVISION, NO_REVISION);
        try {
            return Optional.ofNullable(client.configMaps()
                    .inNamespace(istiod.getMetadata().getNamespace())
                    .withName(revision.equals(NO_REVISION) ? CONFIG : CONFIG + "-" + revision)
                    .get());
        } catch (KubernetesClientException unreadable) {
            return Optional.empty();
        }
    }
}
