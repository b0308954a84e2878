package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.DashboardPicture;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernBackend;
import io.mcpgateway.e2e.fixture.PrometheusServer;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The dashboard and the alerts with a real Prometheus and real load: every expression gives data, where what it is about
 * happens. {@code -Dgenerate=update} draws the picture of docs/observability.md anew.
 */
class DashboardTest {
    private static final Path FILES = ProjectFolder.locate().resolve("charts/mcp-gateway/files");
    private static final Path PICTURE = ProjectFolder.locate().resolve("docs/images/dashboard.svg");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Of panels that need a controller or a session store, or Envoy, and of one that only counts errors of the protocol. */
    private static final Set<String> ELSEWHERE = Set.of(
            "Objects not ready",
            "Old configuration",
            "Configuration from Secret to replicas (p99)",
            "Broker replicas",
            "Objects by readiness",
            "Session store",
            "Envoy's external processor");

    /** Nothing is invalid or quarantined here, and what is zero is not drawn. */
    private static final Set<String> NOT_DRAWN =
            Set.of("Invalid, conflicting and quarantined: A", "Invalid, conflicting and quarantined: C");

    @Test
    void everyPanelShowsWhatHappensAndEveryAlertThatShouldIsPending() throws Exception {
        URI metrics = URI.create("http://127.0.0.1:" + FreePort.next() + "/metrics");
        try (RecordingBackend works = RecordingBackend.start("tool");
                RecordingBackend fails = RecordingBackend.start("tool");
                RecordingBackend same = RecordingBackend.start("tool", "other");
                ModernBackend modern = ModernBackend.start("tool");
                TestGateway gateway = TestGateway.start(
                        Front.EMBEDDED,
                        List.of(
                                ServerEntry.of("works", works.url()),
                                ServerEntry.of("fails", fails.url()),
                                ServerEntry.of("same", same.url()).withPrefix("works_"),
                                ServerEntry.of("modern", modern.url()),
                                ServerEntry.of("away", URI.create("http://127.0.0.1:" + FreePort.next() + "/mcp"))),
                        "--metrics-address",
                        metrics.getAuthority());
                PrometheusServer prometheus = PrometheusServer.start(metrics, FILES.resolve("prometheus-rules.yaml"));
                MixedLoad load = MixedLoad.start(gateway.url(), "works_tool", 2);
                McpClient client = gateway.connect()) {
            fails.answerCallsWith(Optional.of(new RecordingBackend.Refusal(500, "", Map.of())));
            Map<String, String> missing = new LinkedHashMap<>(expressions());

            await("data for every panel").atMost(LIMIT).untilAsserted(() -> {
                client.call("modern_tool", "{}");
                client.call("fails_tool", "{}");
                client.call("nobodys_tool", "{}");
                try (McpClient fresh = gateway.connect()) {
                    fresh.call("works_tool", "{}");
                }
                missing.values().removeIf(expression -> hasData(prometheus, expression));
                assertThat(missing.keySet()).containsExactlyInAnyOrderElementsOf(NOT_DRAWN);
            });
            await("the alerts")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(pending(prometheus))
                            .isEqualTo(Map.of(
                                    "McpServerNotReady", Set.of("demo/away"),
                                    "McpNameConflicts", Set.of("demo/same"),
                                    "McpServerErrors", Set.of("demo/fails"),
                                    // There is none here.
                                    "McpControllerDown", Set.of(""))));
            if ("update".equals(System.getProperty("generate"))) {
                draw(prometheus, gateway, works);
            } else {
                assertThat(load.lost()).isEmpty();
            }
        }
    }

    /** Two minutes, in which a server fails for a while, into the picture of the documentation. */
    private static void draw(PrometheusServer prometheus, TestGateway gateway, RecordingBackend works)
            throws IOException {
        Instant begin = Instant.now();
        try (McpClient client = gateway.connect()) {
            while (Duration.between(begin, Instant.now()).compareTo(Duration.ofMinutes(2)) < 0) {
                long second = Duration.between(begin, Instant.now()).toSeconds();
                works.answerCallsWith(
                        second >= 50 && second < 70
                                ? Optional.of(new RecordingBackend.Refusal(503, "", Map.of()))
                                : Optional.empty());
                for (String tool : List.of("modern_tool", "fails_tool", "nobodys_tool")) {
                    client.call(tool, "{}");
                }
                try (McpClient fresh = gateway.connect()) {
                    fresh.call("works_tool", "{}");
                }
            }
        }
        Files.writeString(PICTURE, DashboardPicture.of(dashboard(), prometheus, begin.plusSeconds(5), Instant.now()));
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile());
    }

    /** By panel and letter; variables as Grafana replaces them when everything is chosen. */
    private static Map<String, String> expressions() throws IOException {
        Map<String, String> expressions = new LinkedHashMap<>();
        for (JsonNode panel : dashboard().path("panels")) {
            String title = panel.path("title").asText();
            if (!ELSEWHERE.contains(title)) {
                panel.path("targets")
                        .forEach(target -> expressions.put(
                                title + ": " + target.path("refId").asText(), DashboardPicture.expression(target)));
            }
        }
        return expressions;
    }

    /** Whether a series has a number; a quantile of what has not happened lately is none. */
    private static boolean hasData(PrometheusServer prometheus, String expression) {
        List<String> values = new ArrayList<>();
        try {
            prometheus
                    .query(expression)
                    .forEach(series -> values.add(series.at("/value/1").asText()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return values.stream().anyMatch(value -> !value.equals("NaN"));
    }

    /** By alert, the servers that it is about. */
    private static Map<String, Set<String>> pending(PrometheusServer prometheus) throws IOException {
        Map<String, Set<String>> pending = new TreeMap<>();
        prometheus
                .alerts()
                .forEach(alert -> pending.computeIfAbsent(
                                alert.at("/labels/alertname").asText(), _ -> new TreeSet<>())
                        .add(alert.at("/labels/server_name").asText()));
        return pending;
    }
}
