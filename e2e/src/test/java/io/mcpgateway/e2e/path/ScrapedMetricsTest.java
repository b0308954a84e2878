package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.DocumentedMetrics;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.servers.SampleKind;
import io.mcpgateway.e2e.servers.SampleOptions;
import io.mcpgateway.e2e.servers.SampleServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What Prometheus reads from a running broker is what the documentation says, from which alerts and dashboard are made. */
class ScrapedMetricsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern SERIES = Pattern.compile("^(mcp_\\w+)", Pattern.MULTILINE);

    /** There only after something that does not happen here, or with a setting that is not made here. */
    private static final Set<String> AFTER_AN_EVENT = Set.of(
            "mcp_router_server_failures_total",
            "mcp_broker_tool_searches_total",
            "mcp_broker_bridged_calls_total",
            "mcp_broker_parked_calls_ended_total",
            "mcp_broker_pooled_sessions_opened_total",
            "mcp_broker_pooled_sessions_closed_total",
            "mcp_broker_audit_lines_total",
            "mcp_broker_spans_total",
            "mcp_session_store_reachable",
            "mcp_session_store_losses_total");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aRunningBrokerGivesWhatThePageSays() throws IOException {
        URI metrics = URI.create("http://127.0.0.1:" + FreePort.next() + "/metrics");
        try (SampleServer one = SampleServer.start(SampleOptions.local(SampleKind.SERVER1));
                TestGateway gateway = TestGateway.start(
                        Front.EMBEDDED,
                        List.of(
                                ServerEntry.of("one", one.url()),
                                ServerEntry.of("away", URI.create("http://127.0.0.1:" + FreePort.next() + "/mcp"))),
                        "--metrics-address",
                        metrics.getAuthority())) {
            gateway.awaitTools("the tools of the server", names -> names.contains("one_greet"));
            try (McpClient client = gateway.connect()) {
                assertThat(client.call("one_greet", "{\"name\":\"Ada\"}").status())
                        .isEqualTo(200);
                client.call("one_nothing", "{}");
            }

            String text = scraped(metrics);
            Set<String> expected = new TreeSet<>(DocumentedMetrics.labels().keySet());
            expected.removeIf(name -> name.startsWith("mcp_controller_"));
            expected.removeAll(AFTER_AN_EVENT);
            Set<String> given = SERIES.matcher(text)
                    .results()
                    .map(found -> DocumentedMetrics.nameOf(found.group(1)))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(given).isEqualTo(expected);
            assertThat(text)
                    .contains("mcp_broker_server_ready{server_name=\"demo/one\"} 1.0")
                    .contains("mcp_broker_server_ready{server_name=\"demo/away\"} 0.0")
                    .contains("mcp_broker_servers{era=\"unknown\"} 1.0")
                    .contains("mcp_broker_sessions_kept 1.0")
                    .containsPattern("decision=\"forward\".*server_name=\"demo/one\"} 1.0")
                    .containsPattern("decision=\"reject\".*reason=\"mcp_error\"");

            gateway.serve(List.of());

            await("the end of what was counted for servers")
                    .atMost(LIMIT)
                    .until(() -> !scraped(metrics).contains("demo/"));
        }
    }

    private String scraped(URI metrics) throws IOException {
        try {
            return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
