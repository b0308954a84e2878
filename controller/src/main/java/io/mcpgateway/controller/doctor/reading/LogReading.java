package io.mcpgateway.controller.doctor.reading;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.Loggable;
import io.mcpgateway.controller.doctor.access.ApiReader;
import io.mcpgateway.controller.doctor.access.Deadline;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.LogLine;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Finds the lines of logs that name a request: of Pods, with the user's rights, or of a file. */
public final class LogReading {
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final String GATEWAYS = "gateway.networking.k8s.io/gateway-name";
    private static final int MOST_PODS = 20;
    private static final int MOST_LINES = 50;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int FORBIDDEN = 403;

    private final KubernetesClient client;
    private final ApiReader reader;

    public LogReading(KubernetesClient client) {
        this.client = client;
        this.reader = new ApiReader(client);
    }

    /**
     * Lines of all brokers, by Pod.
     *
     * @param wanted any of these texts has to be in a line
     * @param since older lines are not looked at
     */
    public Map<String, Part<List<LogLine>>> brokers(Set<String> wanted, Optional<Instant> since)
            throws InterruptedException {
        return lines(BrokerReading.pods(client, reader), "brokers", wanted, since);
    }

    /** The same of Envoy in the Pods of Gateways, if it writes an access log. */
    public Map<String, Part<List<LogLine>>> gateways(Set<String> wanted, Optional<Instant> since)
            throws InterruptedException {
        ClusterView.Listing pods =
                reader.list(Pod.class, GATEWAYS, Set.of(Objects.requireNonNullElse(client.getNamespace(), "default")));
        return lines(pods, "Gateways", wanted, since);
    }

    /** Whether a broker writes its audit lines where {@link #brokers} finds them, as far as can be seen. */
    public boolean hasAuditLog() {
        return BrokerReading.pods(client, reader).items().stream()
                .map(Pod.class::cast)
                .filter(pod -> pod.getSpec() != null && pod.getSpec().getContainers() != null)
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .anyMatch(LogReading::isAudited);
    }

    private static boolean isAudited(Container container) {
        return Objects.requireNonNullElse(container.getArgs(), List.<String>of())
                        .contains("--audit-log=stdout")
                || Objects.requireNonNullElse(container.getEnv(), List.<io.fabric8.kubernetes.api.model.EnvVar>of())
                        .stream()
                        .anyMatch(variable ->
                                "MCP_AUDIT_LOG".equals(variable.getName()) && "stdout".equals(variable.getValue()));
    }

    private Map<String, Part<List<LogLine>>> lines(
            ClusterView.Listing pods, String what, Set<String> wanted, Optional<Instant> since)
            throws InterruptedException {
        Map<String, Callable<Part<List<LogLine>>>> asked = new HashMap<>();
        pods.items().stream()
                .map(Pod.class::cast)
                .limit(MOST_PODS)
                .forEach(pod ->
                        asked.put("Pod " + ObjectKey.of(pod), () -> ofPod(ObjectKey.of(pod), pod, wanted, since)));
        try (Deadline deadline = new Deadline(LONGEST)) {
            Map<String, Part<List<LogLine>>> found = new TreeMap<>(
                    deadline.all(asked, why -> new Part.Unreadable<>(Gap.failed("logs of " + what, why))));
            if (found.isEmpty()) {
                found.put(
                        "cluster",
                        new Part.Unreadable<>(
                                pods.gap().orElseGet(() -> Gap.failed("logs of " + what, "there are no Pods"))));
            }
            return found;
        }
    }

    private Part<List<LogLine>> ofPod(ObjectKey key, Pod pod, Set<String> wanted, Optional<Instant> since) {
        String source = "Pod " + key;
        // A Pod that is not ready has a log all the same.
        ContainerResource container = client.pods()
                .inNamespace(key.namespace())
                .withName(key.name())
                .inContainer(pod.getSpec().getContainers().getFirst().getName())
                .withReadyWaitTimeout(0);
        try (InputStream in = since.<Loggable>map(from -> container.sinceTime(from.toString()))
                .orElse(container)
                .getLogInputStream()) {
            return Part.of(matching(in, source, wanted));
        } catch (KubernetesClientException problem) {
            return new Part.Unreadable<>(
                    problem.getCode() == FORBIDDEN
                            ? new Gap(
                                    "log of " + source,
                                    "you may not read it (403)",
                                    Optional.of(new Gap.Right("get", "", "pods/log", key.namespace())))
                            : Gap.failed("log of " + source, "the API server answers HTTP " + problem.getCode()));
        } catch (IOException problem) {
            return new Part.Unreadable<>(Gap.failed("log of " + source, String.valueOf(problem.getMessage())));
        }
    }

    /**
     * Lines of a file.
     *
     * @param file {@code -} is standard input
     */
    public static Part<List<LogLine>> file(String file, Set<String> wanted, InputStream standardInput) {
        String source = file.equals("-") ? "standard input" : "file " + file;
        try (InputStream in = file.equals("-") ? standardInput : Files.newInputStream(Path.of(file))) {
            return Part.of(matching(in, source, wanted));
        } catch (IOException problem) {
            return new Part.Unreadable<>(Gap.failed(source, "it cannot be read"));
        }
    }

    /** The last ones, each cut after 16 KiB. */
    private static List<LogLine> matching(InputStream in, String source, Set<String> wanted) throws IOException {
        List<LogLine> found = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        int next = lines.read();
        while (next >= 0) {
            if (next == '\n') {
                add(found, source, line.toString(), wanted);
                line.setLength(0);
            } else if (line.length() < LONGEST_LINE) {
                line.append((char) next);
            }
            next = lines.read();
        }
        add(found, source, line.toString(), wanted);
        return List.copyOf(found);
    }

    private static void add(List<LogLine> found, String source, String line, Set<String> wanted) {
        if (wanted.stream().anyMatch(line::contains)) {
            found.add(new LogLine(source, line));
            if (found.size() > MOST_LINES) {
                found.removeFirst();
            }
        }
    }
}
