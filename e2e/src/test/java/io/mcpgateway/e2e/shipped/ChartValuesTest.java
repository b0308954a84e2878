package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart's values: those of the Go project's chart exist, all are in the schema, and typos are refused by name. */
class ChartValuesTest {
    private static final Path CHART = ProjectFolder.locate().resolve("charts/mcp-gateway");

    /** From the Go project's chart v0.5.1; images have other names. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            image.tag                                  | ''
            imageController.tag                        | ''
            imageController.pullPolicy                 | IfNotPresent
            controller.enabled                         | true
            broker.pollInterval                        | 60
            gateway.publicHost                         | mcp.127-0-0-1.sslip.io
            gateway.create                             | false
            gateway.name                               | mcp-gateway
            gateway.namespace                          | gateway-system
            gateway.gatewayClassName                   | istio
            gateway.port                               | 8080
            gateway.internalHostPattern                | *.mcp.local
            gateway.allowedRoutes.from                 | ''
            gateway.additionalListeners                | []
            gateway.nodePort.create                    | false
            gateway.nodePort.mcpPort                   | 30471
            gateway.nodePort.statusPort.enabled        | false
            gateway.nodePort.statusPort.nodePort       | null
            mcpGatewayExtension.create                 | true
            mcpGatewayExtension.gatewayRef.name        | mcp-gateway
            mcpGatewayExtension.gatewayRef.namespace   | gateway-system
            mcpGatewayExtension.gatewayRef.sectionName | mcp
            nameOverride                               | ''
            fullnameOverride                           | ''
            commonLabels                               | {}
            """)
    void knownValuesKeepTheirDefaults(String name, String value) throws IOException {
        JsonNode found = values().at("/" + name.replace('.', '/'));

        assertThat(found.isMissingNode()).as(name).isFalse();
        assertThat(found.isNull() ? null : found.isContainerNode() ? found.toString() : found.asText())
                .isEqualTo(value);
    }

    @Test
    void schemaAndValuesNameTheSame() throws IOException {
        Set<String> inSchema = new TreeSet<>();
        properties(
                "",
                new ObjectMapper().readTree(CHART.resolve("values.schema.json").toFile()),
                inSchema);
        Set<String> inValues = new TreeSet<>();
        leaves("", values(), inSchema, inValues);
        // Helm adds it to the values of every subchart.
        inSchema.remove("global");
        // Only with from: Selector.
        inSchema.remove("gateway.allowedRoutes.selector");
        assertThat(inValues).isEqualTo(inSchema);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            contoller.enabled=false                       | additional properties 'contoller' not allowed
            controller.replica=2                          | at '/controller': additional properties 'replica' not allowed
            gateway.port=http                             | at '/gateway/port': got string, want integer
            gateway.port=70000                            | at '/gateway/port': maximum: got 70,000, want 65,535
            gateway.tls.secret=mcp-tls                    | at '/gateway/tls': additional properties 'secret' not allowed
            gateway.tls.hostname=mcp.example.com          | at '/gateway/tls/hostname': 'mcp.example.com' does not match pattern
            mcpGatewayExtension.caCertBundleRef.key=ca    | at '/mcpGatewayExtension/caCertBundleRef': additional properties 'key' not allowed
            broker.pollInterval=1                         | at '/broker/pollInterval': minimum: got 1, want
            image.digest=latest                           | at '/image/digest': 'latest' does not match pattern
            imageController.pullPolicy=Sometimes          | at '/imageController/pullPolicy': value must be one of
            logging.level=verbose                         | at '/logging/level': value must be one of
            mcpGatewayExtension.httpRouteManagement=off   | at '/mcpGatewayExtension/httpRouteManagement': value must be one of
            mcpGatewayExtension.gatewayRef.listener=mcp   | at '/mcpGatewayExtension/gatewayRef': additional properties 'listener' not allowed
            networkPolicy.enabled=yes                     | at '/networkPolicy/enabled': got string, want boolean
            metrics.serviceMonitor.enable=true            | at '/metrics/serviceMonitor': additional properties 'enable' not allowed
            metrics.prometheusRule.rules=true             | at '/metrics/prometheusRule': additional properties 'rules' not allowed
            metrics.dashboard.enabled=yes                 | at '/metrics/dashboard/enabled': got string, want boolean
            """)
    void aWrongValueIsRefusedByName(String flag, String text) {
        Program.Result result = Program.helm().run("template", "x", "charts/mcp-gateway", "--set=" + flag);

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gateway.port=8080                                | http://mcp.example.com:8080/mcp
            gateway.port=80                                  | http://mcp.example.com/mcp
            gateway.port=443,gateway.tls.secretName=cert     | https://mcp.example.com/mcp
            gateway.port=8443,gateway.tls.secretName=cert    | https://mcp.example.com:8443/mcp
            gateway.port=443                                 | http://mcp.example.com:443/mcp
            gateway.nodePort.create=true,gateway.tls.secretName=cert | https://mcp.example.com:30471/mcp
            """)
    void theNotesSayWhatClientsCall(String flags, String url) {
        Program.Result result = Program.helm()
                .run(
                        "install",
                        "x",
                        "charts/mcp-gateway",
                        "--dry-run=client",
                        "--set=gateway.publicHost=mcp.example.com,gateway.create=true," + flags);

        assertThat(result.output()).containsPattern("Clients connect to " + Pattern.quote(url) + "\n");
        assertThat(result.output().contains("parentRef's sectionName to mcp")).isEqualTo(flags.contains("tls"));
    }

    private static JsonNode values() throws IOException {
        return new YAMLMapper().readTree(CHART.resolve("values.yaml").toFile());
    }

    private static void properties(String path, JsonNode schema, Set<String> found) {
        if (!(schema.path("properties") instanceof ObjectNode properties)) {
            found.add(path);
            return;
        }
        properties.properties().forEach(entry -> properties(join(path, entry.getKey()), entry.getValue(), found));
    }

    /** Down to the level that the schema does not describe. */
    private static void leaves(String path, JsonNode values, Set<String> ends, Set<String> found) {
        if (ends.contains(path) || !values.isObject()) {
            found.add(path);
            return;
        }
        values.properties().forEach(entry -> leaves(join(path, entry.getKey()), entry.getValue(), ends, found));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
