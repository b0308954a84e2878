package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.controller.doctor.access.ApiReader;
import io.mcpgateway.controller.doctor.access.Deadline;
import io.mcpgateway.controller.doctor.access.PodTunnel;
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

/** Asks brokers one question, all replicas at once. */
final class BrokerReading {
    private static final Duration LONGEST = Duration.ofSeconds(8);

    /** Replicas run the same; a few more would only take time. */
    private static final int MOST_PODS = 20;

    /** Asks one broker, given the base of its own listener. */
    interface Question<T> {
        T of(URI base) throws IOException, InterruptedException;
    }

    private BrokerReading() {}

    /** The answers of a cluster's ready brokers, by Pod. */
    static <T> Map<String, Part<T>> cluster(KubernetesClient client, Optional<String> namespace, Question<T> question)
            throws InterruptedException {
        ApiReader reader = new ApiReader(client);
        PodTunnel tunnel = new PodTunnel(client, reader);
        ClusterView.Listing pods = pods(client, reader);
        Map<String, Callable<Part<T>>> asked = new HashMap<>();
        pods.items().stream()
                .map(Pod.class::cast)
                .filter(Workload::isReady)
                .filter(pod ->
                        namespace.map(pod.getMetadata().getNamespace()::equals).orElse(true))
                .limit(MOST_PODS)
                .forEach(pod -> asked.put(
                        "Pod " + ObjectKey.of(pod),
                        () -> tunnel.to(
                                ObjectKey.of(pod),
                                BrokerLaunch.HTTP_PORT,
                                "status of broker Pod " + ObjectKey.of(pod),
                                port -> question.of(URI.create("http://127.0.0.1:" + port)))));
        try (Deadline deadline = new Deadline(LONGEST)) {
            Map<String, Part<T>> answers = new TreeMap<>(
                    deadline.all(asked, why -> new Part.Unreadable<>(Gap.failed("status of a broker", why))));
            if (answers.isEmpty()) {
                Gap gap = pods.gap().orElseGet(() -> Gap.failed("brokers", "no broker Pod is ready"));
                answers.put("cluster", new Part.Unreadable<>(gap));
            }
            return answers;
        }
    }

    /** The brokers' Pods, ready or not. */
    static ClusterView.Listing pods(KubernetesClient client, ApiReader reader) {
        return reader.list(
                Pod.class,
                ObjectNames.LABEL_APP + "=" + ObjectNames.BROKER,
                Set.of(Objects.requireNonNullElse(client.getNamespace(), "default")));
    }

    /** The answer of a broker without a cluster. */
    static <T> Map<String, Part<T>> standalone(URI broker, Question<T> question) throws InterruptedException {
        String source = "broker " + broker;
        try {
            return Map.of(source, Part.of(question.of(broker)));
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
}
