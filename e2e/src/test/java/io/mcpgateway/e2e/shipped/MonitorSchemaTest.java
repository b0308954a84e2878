package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chart's objects for the Prometheus operator, whose CRDs the bed does not have, read with its published types. */
class MonitorSchemaTest {
    /** Without the types' annotations, which would accept unknown fields. */
    private static final JsonMapper STRICT =
            JsonMapper.builder().disable(MapperFeature.USE_ANNOTATIONS).build();

    private final Manifests chart = Manifests.ofChart(
            "--set=metrics.serviceMonitor.enabled=true",
            "--set=metrics.serviceMonitor.labels.release=prometheus",
            "--set=metrics.podMonitor.enabled=true",
            "--set=metrics.prometheusRule.enabled=true");

    @Test
    void theControllersMonitorIsOne() throws JsonProcessingException {
        ServiceMonitor monitor = read("ServiceMonitor mcp-system/mcp-gateway-controller", ServiceMonitor.class);

        assertThat(monitor.getApiVersion()).isEqualTo("monitoring.coreos.com/v1");
        assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
        assertThat(monitor.getSpec().getEndpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.getPort()).isEqualTo("http-metrics"));
        assertThat(monitor.getSpec().getSelector().getMatchLabels()).containsEntry("app", "mcp-controller");
    }

    @Test
    void theBrokersMonitorIsOne() throws JsonProcessingException {
        PodMonitor monitor = read("PodMonitor mcp-system/mcp-gateway-broker", PodMonitor.class);

        assertThat(monitor.getSpec().getPodMetricsEndpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.getPort()).isEqualTo("metrics"));
        assertThat(monitor.getSpec().getSelector().getMatchLabels()).containsEntry("app", "mcp-gateway");
    }

    @Test
    void theRulesAreOne() throws JsonProcessingException {
        ObjectNode object = chart.get("PrometheusRule mcp-system/mcp-gateway").deepCopy();
        // Without annotations the type cannot read them; promtool does (MonitoringTest).
        object.findParents("expr").forEach(alert -> ((ObjectNode) alert).remove("expr"));

        PrometheusRule rule = STRICT.treeToValue(object, PrometheusRule.class);

        assertThat(rule.getSpec().getGroups())
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.getRules())
                        .isNotEmpty()
                        .allSatisfy(alert -> assertThat(alert.getAnnotations())
                                .containsKeys("summary", "description", "runbook_url")));
    }

    @Test
    void theMonitorsOfTheKustomizationSelectTheSame() {
        Manifests kustomize = Manifests.ofKustomization("config/monitoring");

        for (String name : List.of(
                "ServiceMonitor mcp-system/mcp-gateway-controller", "PodMonitor mcp-system/mcp-gateway-broker")) {
            ObjectNode selector =
                    kustomize.get(name).at("/spec/selector/matchLabels").deepCopy();
            ObjectNode ofChart =
                    chart.get(name).at("/spec/selector/matchLabels").deepCopy();
            ofChart.remove("app.kubernetes.io/instance");
            assertThat(selector).as(name).isEqualTo(ofChart);
        }
    }

    @Test
    void aMisspelledFieldWouldBeFound() {
        ObjectNode misspelled =
                chart.get("ServiceMonitor mcp-system/mcp-gateway-controller").deepCopy();
        misspelled.withObjectProperty("spec").put("selektor", "");

        assertThatThrownBy(() -> STRICT.treeToValue(misspelled, ServiceMonitor.class))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("selektor");
    }

    private <T> T read(String name, Class<T> type) throws JsonProcessingException {
        return STRICT.treeToValue(chart.get(name), type);
    }
}
