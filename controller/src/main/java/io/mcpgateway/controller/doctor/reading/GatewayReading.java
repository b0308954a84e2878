package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.doctor.access.AnyCertificate;
import io.mcpgateway.controller.doctor.access.ApiReader;
import io.mcpgateway.controller.doctor.access.Deadline;
import io.mcpgateway.controller.doctor.access.GatewayTunnel;
import io.mcpgateway.controller.doctor.access.PodTunnel;
import io.mcpgateway.controller.doctor.checks.Entrances;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.ClusterView.Listing;
import io.mcpgateway.controller.doctor.facts.Facts;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Calls a tool through the Pod of a Gateway, without knowing how clients get there. */
public final class GatewayReading {
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    private final KubernetesClient client;
    private final ApiReader reader;

    public GatewayReading(KubernetesClient client) {
        this.client = client;
        this.reader = new ApiReader(client);
    }

    /**
     * The entrances of the extensions that are accepted, or why they are not known.
     *
     * @param namespace of the extension; empty for all
     */
    public Part<List<Entrances.Entrance>> entrances(Optional<String> namespace) throws InterruptedException {
        ClusterView view = view(namespace);
        Optional<Gap> gap = view.gap(MCPGatewayExtension.class)
                .filter(_ -> view.all(MCPGatewayExtension.class).isEmpty());
        if (gap.isPresent()) {
            return new Part.Unreadable<>(gap.get());
        }
        Facts facts = new Facts(
                new Facts.ApiServer(String.valueOf(client.getMasterUrl()), Part.of("")),
                namespace,
                view,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Instant.now());
        return Part.of(Entrances.of(facts).stream()
                .filter(entrance ->
                        namespace.map(entrance.extension().namespace()::equals).orElse(true))
                .toList());
    }

    /** The call through one of them. */
    public Part<TracedCall> call(Entrances.Entrance entrance, CallReading.Call call) throws InterruptedException {
        ClusterView view = view(Optional.of(entrance.gateway().namespace()));
        Optional<Pod> pod =
                Labels.pods(
                                view,
                                entrance.gateway().namespace(),
                                GATEWAY_NAME,
                                entrance.gateway().name())
                        .stream()
                        .filter(Workload::isReady)
                        .findFirst();
        if (pod.isEmpty()) {
            return new Part.Unreadable<>(view.gap(Pod.class)
                    .orElseGet(() ->
                            Gap.failed("a call through Gateway " + entrance.gateway(), "none of its Pods is ready")));
        }
        GatewayTunnel way = new GatewayTunnel(new PodTunnel(client, reader), entrance, ObjectKey.of(pod.get()));
        return way.use(
                RunningReading.podPort(view, entrance),
                new AnyCertificate(),
                (http, address) -> new TracedCaller(http, address, Optional.of(entrance.publicHost()), call)
                        .call(way.url(), true, Optional.empty()));
    }

    private ClusterView view(Optional<String> namespace) throws InterruptedException {
        Set<String> namespaces =
                Set.of(namespace.orElseGet(() -> Objects.requireNonNullElse(client.getNamespace(), "default")));
        Map<Class<? extends HasMetadata>, Callable<Listing>> tasks = new HashMap<>();
        for (Class<? extends HasMetadata> kind : List.of(MCPGatewayExtension.class, Gateway.class, Service.class)) {
            tasks.put(kind, () -> reader.list(kind, "", namespaces));
        }
        tasks.put(Pod.class, () -> reader.list(Pod.class, GATEWAY_NAME, namespaces));
        try (Deadline deadline = new Deadline(LONGEST)) {
            return new ClusterView(deadline.all(
                    tasks, why -> Listing.partial(List.of(), Set.of(), Gap.failed("objects of the cluster", why))));
        }
    }
}
