package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.doctor.access.AnyCertificate;
import io.mcpgateway.controller.doctor.access.ApiReader;
import io.mcpgateway.controller.doctor.access.Deadline;
import io.mcpgateway.controller.doctor.access.GatewayTunnel;
import io.mcpgateway.controller.doctor.access.PlainHttp;
import io.mcpgateway.controller.doctor.access.PodTunnel;
import io.mcpgateway.controller.doctor.checks.Entrances;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.EnvoyReport;
import io.mcpgateway.controller.doctor.facts.Facts;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.objects.Labels;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** Asks what runs: brokers, Envoy, and the gateway as a client would. All at once. */
final class RunningReading {
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    /** How many servers of one gateway are tried. */
    private static final int MOST_TRIED = 200;

    private final PodTunnel tunnel;
    private final Neighbours neighbours;
    private final Optional<GatewayUrl> gatewayUrl;

    RunningReading(KubernetesClient client, ApiReader reader, Optional<GatewayUrl> gatewayUrl) {
        this.tunnel = new PodTunnel(client, reader);
        this.neighbours = new Neighbours(tunnel);
        this.gatewayUrl = gatewayUrl;
    }

    /** The facts, with what was asked. */
    Facts read(Facts facts, Deadline deadline) throws InterruptedException {
        ClusterView cluster = facts.cluster();
        Map<ObjectKey, Callable<Part<StatusReport>>> brokers = new HashMap<>();
        for (MCPGatewayExtension extension : cluster.all(MCPGatewayExtension.class)) {
            Labels.pods(cluster, extension.getMetadata().getNamespace(), ObjectNames.LABEL_APP, ObjectNames.BROKER)
                    .stream()
                    .filter(Workload::isReady)
                    .forEach(pod -> brokers.put(ObjectKey.of(pod), () -> neighbours.broker(ObjectKey.of(pod))));
        }
        Map<ObjectKey, Callable<Part<EnvoyReport>>> envoys = new HashMap<>();
        Map<ObjectKey, Callable<Part<CallReport>>> calls = new HashMap<>();
        for (Entrances.Entrance entrance : Entrances.of(facts)) {
            Optional<Pod> pod =
                    Labels.pods(
                                    cluster,
                                    entrance.gateway().namespace(),
                                    GATEWAY_NAME,
                                    entrance.gateway().name())
                            .stream()
                            .filter(Workload::isReady)
                            .findFirst();
            int port = podPort(cluster, entrance);
            pod.ifPresent(found -> {
                envoys.put(entrance.extension(), () -> neighbours.envoy(ObjectKey.of(found), port));
                calls.put(entrance.extension(), () -> throughPod(entrance, ObjectKey.of(found), port));
            });
            gatewayUrl.ifPresent(url -> calls.put(entrance.extension(), () -> Part.of(call(url))));
        }
        Map<ObjectKey, Part<StatusReport>> told =
                deadline.all(brokers, why -> new Part.Unreadable<>(Gap.failed("status of a broker", why)));
        Map<ObjectKey, ServerReach> reaches = reaches(told, deadline);
        Map<ObjectKey, Part<EnvoyReport>> dumped =
                deadline.all(envoys, why -> new Part.Unreadable<>(Gap.failed("Envoy's configuration", why)));
        Map<ObjectKey, Part<CallReport>> called =
                deadline.all(calls, why -> new Part.Unreadable<>(Gap.failed("a call through the gateway", why)));
        if (gatewayUrl.isEmpty()) {
            called.replaceAll((extension, call) -> doubted(call, Optional.ofNullable(dumped.get(extension))));
        }
        return new Facts(
                facts.apiServer(),
                facts.namespace(),
                cluster,
                facts.secrets(),
                told,
                dumped,
                called,
                reaches,
                facts.now());
    }

    /** One broker of each namespace is asked. One that is too old to know says nothing. */
    private Map<ObjectKey, ServerReach> reaches(Map<ObjectKey, Part<StatusReport>> brokers, Deadline deadline)
            throws InterruptedException {
        Map<ObjectKey, ServerReach> reaches = new ConcurrentHashMap<>();
        Map<String, Callable<Boolean>> asking = new HashMap<>();
        brokers.forEach((pod, told) -> told.found()
                .ifPresent(report -> asking.putIfAbsent(
                        pod.namespace(),
                        () -> neighbours.reaches(
                                pod,
                                ready(report),
                                (server, reach) -> reaches.merge(server, reach, RunningReading::worse)))));
        deadline.all(asking, _ -> false);
        return Map.copyOf(reaches);
    }

    /** What a server that does not answer discovery lacks is said of that. */
    private static List<ServerName> ready(StatusReport report) {
        return report.servers().stream()
                .filter(ServerStatus::ready)
                .map(ServerStatus::name)
                .limit(MOST_TRIED)
                .toList();
    }

    private static ServerReach worse(ServerReach one, ServerReach other) {
        return one.outcome().equals(ServerReach.FAILED) ? one : other;
    }

    /** Without any answer through a tunnel to a Pod where nothing else answered either, it may be the tunnel. */
    private static Part<CallReport> doubted(Part<CallReport> call, Optional<Part<EnvoyReport>> envoy) {
        Optional<String> silence = call.found()
                .flatMap(report -> report.step(CallReport.INITIALIZE))
                .flatMap(CallReport.Step::problem);
        return silence.isPresent() && envoy.flatMap(Part::found).isEmpty()
                ? new Part.Unreadable<>(Gap.failed("a call through the gateway", "port-forward: " + silence.get()))
                : call;
    }

    /** Istio's Service of a Gateway may lead to another port of its Pods. */
    static int podPort(ClusterView cluster, Entrances.Entrance entrance) {
        return cluster.in(Service.class, entrance.gateway().namespace()).stream()
                .filter(service ->
                        Labels.has(service, GATEWAY_NAME, entrance.gateway().name()))
                .flatMap(service ->
                        Objects.requireNonNullElse(service.getSpec().getPorts(), List.<ServicePort>of()).stream())
                .filter(port -> Integer.valueOf(entrance.port()).equals(port.getPort())
                        && port.getTargetPort() != null
                        && port.getTargetPort().getIntVal() != null)
                .map(port -> port.getTargetPort().getIntVal())
                .findFirst()
                .orElse(entrance.port());
    }

    private Part<CallReport> throughPod(Entrances.Entrance entrance, ObjectKey pod, int port)
            throws InterruptedException {
        AnyCertificate trust = new AnyCertificate();
        GatewayTunnel way = new GatewayTunnel(tunnel, entrance, pod);
        return way.use(port, trust, (client, address) -> {
            List<CallReport.Step> steps =
                    new McpCaller(client, address, Optional.of(entrance.publicHost()), Optional.empty()).call();
            return new CallReport(way.url(), steps, trust.certificate());
        });
    }

    static CallReport call(GatewayUrl gateway) throws InterruptedException {
        try (HttpClient client = PlainHttp.client().build()) {
            return new CallReport(
                    gateway.url(),
                    new McpCaller(client, URI.create(gateway.url()), Optional.empty(), gateway.token()).call(),
                    Optional.empty(),
                    gateway.token().map(token -> CallReport.Token.of(token, Instant.now())));
        }
    }
}
