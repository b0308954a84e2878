package io.mcpgateway.broker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.broker.extproc.ExtProcService;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayMetricsTest {
    private static final Pattern SERIES = Pattern.compile("^(mcp_\\w+)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);
    private static final Pattern ROW =
            Pattern.compile("^\\| `(mcp_(?!controller_)\\w+)` \\| (.*?) \\|", Pattern.MULTILINE);
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final GatewayMetrics metrics = new GatewayMetrics(registry);
    private final BridgeMetrics bridge = new BridgeMetrics(registry);

    /** Every metric with its labels is on the page, and nothing else. */
    @Test
    void thePageTellsWhatThereIs() throws IOException {
        countEverything("ns/one");
        String page = Files.readString(Path.of("..").resolve("docs/observability.md"));

        Map<String, Set<String>> documented = new TreeMap<>();
        Matcher rows = ROW.matcher(page);
        while (rows.find()) {
            documented.put(
                    rows.group(1),
                    QUOTED.matcher(rows.group(2))
                            .results()
                            .map(found -> found.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertThat(scraped()).isEqualTo(documented);
    }

    @Test
    void everyReasonOfARefusalIsOnThePage() throws IOException {
        String page = Files.readString(Path.of("..").resolve("docs/observability.md"));

        assertThat(Arrays.stream(RefusalReason.values()).map(RefusalReason::label))
                .allSatisfy(label -> assertThat(page).contains("`" + label + "`"));
    }

    @Test
    void everyValueOfALabelIsOnThePage() throws IOException {
        String page = Files.readString(Path.of("..").resolve("docs/observability.md"));

        assertThat(Stream.of(
                                Arrays.stream(BridgedOutcome.values()).map(BridgedOutcome::label),
                                Arrays.stream(PooledClosing.values()).map(PooledClosing::label),
                                Arrays.stream(ServerFailure.values()).map(ServerFailure::label),
                                Arrays.stream(SeenEra.values()).map(SeenEra::label),
                                ExtProcService.failureReasons().stream())
                        .flatMap(labels -> labels))
                .allSatisfy(label -> assertThat(page).contains("`" + label + "`"));
    }

    @Test
    void aCallsDirectionFollowsFromWhatItsServerSpeaks() {
        bridge.called(new BridgeMetrics.Hop("ns/one", "2025-06-18", "2026-07-28"), BridgedOutcome.ANSWERED);
        bridge.called(new BridgeMetrics.Hop("ns/one", "2026-07-28", "2025-06-18"), BridgedOutcome.CANCELLED);

        assertThat(registry.get("mcp_broker_bridged_calls")
                        .tags("direction", "to_modern", "outcome", "answered")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("mcp_broker_bridged_calls")
                        .tags("direction", "to_legacy", "outcome", "cancelled")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyMetricHasHelpAndEveryDurationBuckets() {
        countEverything("ns/one");
        String text = registry.scrape();

        assertThat(scraped().keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(text)
                        .containsPattern("# HELP " + name.replaceFirst("_total$", "(_total)?") + " \\w.{10,}"));
        assertThat(scraped().keySet().stream()
                        .filter(name -> name.endsWith("_seconds") && !name.endsWith("_timestamp_seconds")))
                .hasSize(4)
                .allSatisfy(name -> assertThat(text.lines().filter(line -> line.startsWith(name + "_bucket{")))
                        .hasSizeGreaterThan(8)
                        .anyMatch(line -> line.contains("le=\"+Inf\"")));
    }

    @Test
    void aServerThatIsGoneLeavesNoSeries() {
        for (String server : List.of("ns/one", "ns/two", GatewayMetrics.NO_SERVER, BrokerLaunch.SERVER_NAME)) {
            countEverything(server);
        }

        metrics.keepServers(Set.of("ns/two"));

        assertThat(registry.scrape())
                .doesNotContain("ns/one")
                .contains("mcp_broker_tools_discovered{server_name=\"ns/two\"}")
                .contains("server_name=\"" + GatewayMetrics.NO_SERVER + "\"")
                .contains("server_name=\"" + BrokerLaunch.SERVER_NAME + "\"");
    }

    @Test
    void seriesDoNotGrowWithServersThatComeAndGo() {
        countEverything("ns/first");
        metrics.keepServers(Set.of("ns/first"));
        int before = registry.getMeters().size();

        for (int round = 0; round < 50; round++) {
            String server = "ns/s" + round;
            countEverything(server);
            metrics.keepServers(Set.of(server));
        }

        assertThat(registry.getMeters()).hasSize(before);
    }

    @Test
    void aServerThatComesBackIsCountedAnew() {
        countEverything("ns/one");
        metrics.keepServers(Set.of());
        countEverything("ns/one");
        countEverything("ns/one");

        assertThat(registry.get("mcp_broker_tools_discovered").gauge().value()).isEqualTo(5);
        assertThat(registry.get("mcp_router_decisions")
                        .tags("server_name", "ns/one")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("mcp_broker_discovery_duration")
                        .tags("server_name", "ns/one")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {-1, 0, 100, 200, 302, 400, 401, 403, 404, 405, 413, 415, 418, 429, 499, 500, 502, 503, 504, 599, 999
            })
    void everyStatusHasAReason(int status) {
        assertThat(RefusalReason.of(status).label()).matches("[a-z_]+");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, none", "2026-07-28, 2026-07-28", "2024-11-05, 2024-11-05", "2099-01-01, other", "'', other"})
    void aRevisionIsALabelIfItIsOneOfOurs(String header, String label) {
        assertThat(ClientRevision.label(
                        RequestHeaders.of(header == null ? Map.of() : Map.of("mcp-protocol-version", List.of(header)))))
                .isEqualTo(label);
    }

    private void countEverything(String server) {
        new AuditMetrics(registry).written();
        new SpanMetrics(registry).exported(1);
        metrics.toolsSearched(GatewayMetrics.SearchOutcome.FOUND);
        metrics.routed("forward", server, "2026-07-28");
        for (RefusalReason reason : RefusalReason.values()) {
            metrics.refused(reason, "none");
        }
        metrics.decided(60_000);
        for (ServerFailure failure : ServerFailure.values()) {
            metrics.serverFailed(server, failure);
        }
        metrics.serverSessionOpened(server, "success", Duration.ofMillis(3));
        metrics.discovered(server, "success", Duration.ofMillis(3));
        metrics.served(server, new Serving(5, true, 1, 2, 3, 2, true, SeenEra.BOTH));
        metrics.answerTook("tools/list", 300_000);
        metrics.answered("tools/list", "2025-11-25", 200);
        metrics.configApplied(ConfigHash.of("servers: []\n"));
        metrics.sessionStarted("2025-11-25");
        metrics.watchSessions(() -> 1);
        metrics.watchStreams(() -> 1);
        new ExtProcErrors(registry, ExtProcService.failureReasons());
        metrics.sessionStoreReachable(false);
        for (BridgedOutcome outcome : BridgedOutcome.values()) {
            bridge.called(new BridgeMetrics.Hop(server, "2025-11-25", "2026-07-28"), outcome);
            bridge.waited(outcome);
        }
        bridge.sessionOpened(server, "success");
        for (PooledClosing reason : PooledClosing.values()) {
            bridge.sessionClosed(server, reason);
        }
        bridge.watch(() -> 1, () -> 2);
    }

    /** Names as documented, with their labels but for those that every histogram has. */
    private Map<String, Set<String>> scraped() {
        Map<String, Set<String>> found = new TreeMap<>();
        Matcher series = SERIES.matcher(registry.scrape());
        while (series.find()) {
            String name = series.group(1).replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds");
            Set<String> labels = found.computeIfAbsent(name, _ -> new TreeSet<>());
            String text = series.group(2) == null ? "" : series.group(2);
            Pattern.compile("(\\w+)=\"")
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .filter(label -> !label.equals("le"))
                    .forEach(labels::add);
        }
        return found;
    }
}
