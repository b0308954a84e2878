package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.ExplanationJson;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.doctor.objects.Workload;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Asks brokers why something is served or not. */
public final class WhyReading {
    private static final Duration LONGEST = Duration.ofSeconds(8);

    /** Replicas run the same; a few more would only take time. */
    private static final int MOST_PODS = 20;

    private WhyReading() {}

    /**
     * The answers of a cluster's ready brokers, by Pod.
     *
     * @param query of {@code /status/why}, without question mark
     * @param claims for its header
     */
    public static Map<String, Part<Explanation>> cluster(KubernetesClient client, String query, Optional<String> claims)
            throws InterruptedException {
        ApiReader reader = new ApiReader(client);
        PodTunnel tunnel = new PodTunnel(client, reader);
        ClusterView.Listing pods = reader.list(
                Pod.class,
                ObjectNames.LABEL_APP + "=" + ObjectNames.BROKER,
                Set.of(Objects.requireNonNullElse(client.getNamespace(), "default")));
        Map<String, Callable<Part<Explanation>>> asked = new HashMap<>();
        pods.items().stream()
                .map(Pod.class::cast)
                .filter(Workload::isReady)
                .limit(MOST_PODS)
                .forEach(pod -> asked.put(
                        "Pod " + ObjectKey.of(pod),
                        () -> tunnel.to(
                                ObjectKey.of(pod),
                                BrokerLaunch.HTTP_PORT,
                                "status of broker Pod " + ObjectKey.of(pod),
                                port -> ask(URI.create("http://127.0.0.1:" + port), query, claims))));
        try (Deadline deadline = new Deadline(LONGEST)) {
            Map<String, Part<Explanation>> answers = new TreeMap<>(
                    deadline.all(asked, why -> new Part.Unreadable<>(Gap.failed("status of a broker", why))));
            if (answers.isEmpty()) {
                Gap gap = pods.gap().orElseGet(() -> Gap.failed("brokers", "no broker Pod is ready"));
                answers.put("cluster", new Part.Unreadable<>(gap));
            }
            return answers;
        }
    }

    /** The answer of a broker without a cluster. */
    public static Map<String, Part<Explanation>> standalone(URI broker, String query, Optional<String> claims)
            throws InterruptedException {
        String source = "broker " + broker;
        try {
            return Map.of(source, Part.of(ask(broker, query, claims)));
        } catch (ConnectException refused) {
            return Map.of(
                    source, new Part.Unreadable<>(Gap.failed(source, "connection refused: it is not running there")));
        } catch (IOException problem) {
            return Map.of(
                    source,
                    new Part.Unreadable<>(
                            Gap.failed(source, Objects.requireNonNullElse(problem.getMessage(), "connection closed"))));
        }
    }

    /** The registration of that name, for what only its object can say; empty if it cannot be read. */
    public static Optional<MCPServerRegistration> registration(KubernetesClient client, String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(client.resources(MCPServerRegistration.class)
                    .inNamespace(parts[0])
                    .withName(parts[1])
                    .get());
        } catch (KubernetesClientException unreadable) {
            return Optional.empty();
        }
    }

    private static Explanation ask(URI base, String query, Optional<String> claims)
            throws IOException, InterruptedException {
        byte[] body = PlainHttp.get(
                base.resolve(BrokerLaunch.WHY_PATH + "?" + query),
                claims.map(told -> Map.of(Explanation.CLAIMS_HEADER, told)).orElse(Map.of()));
        return ExplanationJson.parse(body)
                .orElseThrow(() -> new IOException(
                        "it does not answer " + BrokerLaunch.WHY_PATH + "; is it of an earlier version?"));
    }
}
