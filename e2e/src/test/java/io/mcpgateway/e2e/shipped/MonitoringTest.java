package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.e2e.fixture.DocumentedMetrics;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The alerts and the dashboard: one source, tested by promtool, with a section in the documentation for each alert, and only
 * on metrics and labels that exist. What exists is what the tables of docs/observability.md say, which the broker's {@code
 * GatewayMetricsTest} and the controller's {@code ClusterGaugesTest} compare with the registries, and {@code ScrapedMetricsTest}
 * with a running broker.
 */
class MonitoringTest {
    private static final ProjectFolder PROJECT = ProjectFolder.locate();
    private static final Path FILES = PROJECT.resolve("charts/mcp-gateway/files");
    private static final Path RULES = FILES.resolve("prometheus-rules.yaml");
    private static final Path CONFIG = PROJECT.resolve("config/monitoring");
    private static final String CASES = "e2e/src/test/resources/shipped/monitoring/tests.yaml";
    /** What Prometheus adds to every series, and what every histogram has. */
    private static final Set<String> LABELS_OF_ALL = Set.of("namespace", "pod", "le");

    private static final Pattern METRIC = Pattern.compile("\\b(mcp_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*[=!]~?\\s*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|ignoring|without) \\(([^)]*)\\)");

    @Test
    void promtoolAcceptsTheRules() {
        assertThat(Program.promtool().output("check", "rules", "--lint=all", "--lint-fatal", RULES.toString()))
                .contains("SUCCESS");
    }

    @Test
    void everyAlertFiresDuringItsFailureAndEndsAfterIt() throws IOException {
        assertThat(Program.promtool().output("test", "rules", CASES)).contains("SUCCESS");

        JsonNode cases =
                new YAMLMapper().readTree(PROJECT.resolve(CASES).toFile()).path("tests");
        Map<String, List<Boolean>> tested = new TreeMap<>();
        cases.forEach(one -> one.path("alert_rule_test")
                .forEach(check -> tested.computeIfAbsent(check.path("alertname").asText(), _ -> new ArrayList<>())
                        .add(!check.path("exp_alerts").isEmpty())));
        assertThat(tested.keySet()).isEqualTo(alerts().keySet());
        assertThat(tested.values()).allSatisfy(fires -> {
            assertThat(fires).contains(true);
            assertThat(fires.getLast()).isFalse();
        });
    }

    @Test
    void everyAlertHasASectionInTheDocumentation() throws IOException {
        String page = page();

        assertThat(alerts()).allSatisfy((name, rule) -> {
            assertThat(page).contains("\n### " + name + "\n");
            assertThat(rule.at("/annotations/runbook_url").asText())
                    .isEqualTo("docs/observability.md#" + name.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void rulesAndDashboardOnlyUseWhatExists() throws IOException {
        List<String> expressions = new ArrayList<>(expressionsOfDashboard());
        alerts().values().forEach(rule -> expressions.add(rule.path("expr").asText()));

        assertThat(expressions).hasSizeGreaterThan(40);
        Map<String, Set<String>> documented = DocumentedMetrics.labels();
        assertThat(expressions.stream().flatMap(expression -> unknown(expression, documented)))
                .isEmpty();
    }

    @Test
    void whatDoesNotExistIsFound() throws IOException {
        Map<String, Set<String>> documented = DocumentedMetrics.labels();

        assertThat(unknown("rate(mcp_broker_no_such_total[5m])", documented))
                .containsExactly("mcp_broker_no_such_total");
        assertThat(unknown("mcp_broker_server_ready{server=\"x\"}", documented))
                .containsExactly("mcp_broker_server_ready{server}");
        assertThat(unknown("sum by (reason) (mcp_broker_server_ready)", documented))
                .containsExactly("by (reason): sum by (reason) (mcp_broker_server_ready)");
    }

    /** {@code -Dgolden=update} writes the copies anew. */
    @Test
    void chartAndKustomizationCarryTheSame() throws IOException {
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(CONFIG.resolve("mcp-gateway.json"), Files.readString(FILES.resolve("dashboard.json")));
            writeRule(Files.readString(RULES));
        }
        Manifests chart = Manifests.ofChart("--set=metrics.prometheusRule.enabled=true,metrics.dashboard.enabled=true");
        Manifests kustomize = Manifests.ofKustomization("config/monitoring");

        String rule = "PrometheusRule mcp-system/mcp-gateway";
        assertThat(kustomize.get(rule).path("spec")).isEqualTo(chart.get(rule).path("spec"));
        assertThat(chart.get(rule).path("spec")).isEqualTo(rules());
        String dashboard = "ConfigMap mcp-system/mcp-gateway-dashboard";
        ObjectMapper json = new ObjectMapper();
        String shown = kustomize.get(dashboard).at("/data/mcp-gateway.json").asText();
        assertThat(json.readTree(shown))
                .isEqualTo(json.readTree(
                        chart.get(dashboard).at("/data/mcp-gateway.json").asText()))
                .isEqualTo(json.readTree(FILES.resolve("dashboard.json").toFile()));
        assertThat(chart.get(dashboard).at("/metadata/labels/grafana_dashboard").asText())
                .isEqualTo(kustomize
                        .get(dashboard)
                        .at("/metadata/labels/grafana_dashboard")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void noneOfItIsInstalledUnlessItIsAskedFor() {
        assertThat(Manifests.ofChart().objects().keySet())
                .noneMatch(name -> name.startsWith("PrometheusRule") || name.contains("dashboard"));
    }

    /** Grafana places panels by their grid, and asks for each series by its letter. */
    @Test
    void thePanelsOfTheDashboardDoNotOverlap() throws IOException {
        Set<String> cells = new TreeSet<>();
        for (JsonNode panel : panels()) {
            assertThat(panel.path("title").asText()).isNotEmpty();
            JsonNode grid = panel.path("gridPos");
            for (int x = 0; x < grid.path("w").asInt(); x++) {
                for (int y = 0; y < grid.path("h").asInt(); y++) {
                    int column = grid.path("x").asInt() + x;
                    assertThat(column).isBetween(0, 23);
                    assertThat(cells.add(column + "," + (grid.path("y").asInt() + y)))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        }
    }

    private static Stream<String> unknown(String expression, Map<String, Set<String>> documented) {
        List<String> found = new ArrayList<>();
        Set<String> known = new TreeSet<>(LABELS_OF_ALL);
        Matcher metrics = METRIC.matcher(expression);
        while (metrics.find()) {
            String name = DocumentedMetrics.nameOf(metrics.group(1));
            Set<String> labels = documented.get(name);
            if (labels == null) {
                found.add(name);
                continue;
            }
            known.addAll(labels);
            MATCHER.matcher(metrics.group(2) == null ? "" : metrics.group(2))
                    .results()
                    .map(match -> match.group(1))
                    .filter(label -> !labels.contains(label) && !LABELS_OF_ALL.contains(label))
                    .forEach(label -> found.add(name + "{" + label + "}"));
        }
        if (found.isEmpty()) {
            GROUPING.matcher(expression)
                    .results()
                    .flatMap(match -> Stream.of(match.group(1).split(", ")))
                    .filter(label -> !known.contains(label))
                    .forEach(label -> found.add("by (" + label + "): " + expression));
        }
        return found.stream();
    }

    private static Map<String, JsonNode> alerts() throws IOException {
        Map<String, JsonNode> alerts = new TreeMap<>();
        rules().path("groups")
                .forEach(group -> group.path("rules")
                        .forEach(rule -> alerts.put(rule.path("alert").asText(), rule)));
        return alerts;
    }

    private static JsonNode rules() throws IOException {
        return new YAMLMapper().readTree(RULES.toFile());
    }

    private static JsonNode panels() throws IOException {
        return new ObjectMapper()
                .readTree(FILES.resolve("dashboard.json").toFile())
                .path("panels");
    }

    private static List<String> expressionsOfDashboard() throws IOException {
        List<String> expressions = new ArrayList<>();
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> expressions.add(target.path("expr").asText())));
        return expressions;
    }

    private static String page() throws IOException {
        return Files.readString(PROJECT.resolve("docs/observability.md"));
    }

    private static void writeRule(String rules) throws IOException {
        Path copy = CONFIG.resolve("prometheus-rule.yaml");
        String before = Files.readString(copy);
        StringBuilder spec = new StringBuilder(before.substring(0, before.indexOf("spec:\n") + "spec:\n".length()));
        rules.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line ->
                        spec.append(line.isEmpty() ? "" : "  ").append(line).append('\n'));
        Files.writeString(copy, spec.toString());
    }
}
