package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The Events of an extension and a registration, as {@code kubectl} shows them. */
@BedTest
@Portable
@Order(15)
class EventTest extends ClusterScenario {
    private static final String TEAM = "team-told";
    private static final String PLATFORM = "platform-told";
    private static final String HOSTS = "\"*.told.local\"";
    private static final Subject EXTENSION = Subject.extension(TEAM, "told");
    private static final Subject SECOND = Subject.extension(TEAM, "second");
    private static final Subject REGISTRATION = Subject.registration("told");
    private static final Subject GATEWAY = Subject.of("gateway", PLATFORM, "told");
    private static final String TARGET = "{name: told, namespace: " + PLATFORM + ", sectionName: mcp}";
    private static final String ROUTE = Yaml.route("told", "server2.told.local", "server2")
            .replace("name: mcp-gateway, namespace: gateway-system", "name: told, namespace: " + PLATFORM);
    private static final String GRANT = Yaml.grant("told", TEAM).replace("gateway-system", PLATFORM);

    @Test
    @DisplayName("Events: each change of Ready is told once, with its reason, to whoever asks kubectl")
    void transitionsAreReportedOnce() {
        apply(Yaml.namespace(TEAM), Yaml.namespace(PLATFORM));
        extensionBecomesValid();
        registrationBecomesReady();
        brokerIsRolledOut();
        grantIsLostAndGivenBack();

        List<String> before = kubectl().events(EXTENSION);
        for (int round = 1; round <= 5; round++) {
            kubectl().run("annotate", "gateway", "told", "-n", PLATFORM, "--overwrite", "round=" + round);
        }
        kubectl().run("delete", "service", "mcp-gateway", "-n", TEAM);
        kubectl()
                .await(
                        Subject.of("service", TEAM, "mcp-gateway"),
                        "to be back, after reconciles that change no status",
                        () -> kubectl().exists(Subject.of("service", TEAM, "mcp-gateway")),
                        Boolean::booleanValue);
        show(EXTENSION);
        show(REGISTRATION);
        assertThat(kubectl().events(EXTENSION)).isEqualTo(before);
        assertThat(kubectl().run("describe", "mcpserver", "told", "-n", "mcp-test"))
                .contains("failed to get targeted httproute", "server added successfully");
    }

    private void extensionBecomesValid() {
        apply(Yaml.extension(TEAM, "told", TARGET, ""));
        told(EXTENSION, "Warning InvalidMCPGatewayExtension invalid: gateway target platform-told/told not found");
        apply(Yaml.gateway(PLATFORM, "told", HOSTS));
        told(EXTENSION, "Warning ReferenceGrantRequired invalid: ReferenceGrant required in platform-told");
        apply(GRANT);
        told(EXTENSION, "Normal DeploymentNotReady broker-router deployment is not ready");
        told(EXTENSION, "Normal ValidMCPGatewayExtension successfully verified and configured");
        apply(Yaml.extension(TEAM, "second", TARGET, ""));
        told(SECOND, "Warning InvalidMCPGatewayExtension conflict: namespace team-told already has");
    }

    private void registrationBecomesReady() {
        apply(Yaml.registration("told", "told_", "told"));
        told(REGISTRATION, "Warning NotReady failed to get targeted httproute mcp-test/told: not found");
        apply(ROUTE);
        told(REGISTRATION, "Normal Ready server added successfully. Total tools added 7");
    }

    private void brokerIsRolledOut() {
        Subject broker = Subject.of("deployment", TEAM, "mcp-gateway");
        int validBefore = count(EXTENSION, "Normal ValidMCPGatewayExtension");
        int unreadyBefore = count(EXTENSION, "Warning DeploymentNotReady");
        scale(broker, 0);
        kubectl()
                .await(
                        EXTENSION,
                        "an Event about the broker's end",
                        () -> count(EXTENSION, "Warning DeploymentNotReady"),
                        count -> count > unreadyBefore);
        told(REGISTRATION, "Warning NotReady Validation failed: no broker endpoints available");
        scale(broker, 1);
        kubectl()
                .await(
                        EXTENSION,
                        "an Event about the broker's return",
                        () -> count(EXTENSION, "Normal ValidMCPGatewayExtension"),
                        count -> count > validBefore);
    }

    private void grantIsLostAndGivenBack() {
        kubectl().awaitReady(REGISTRATION);
        int lost = count(EXTENSION, "Warning ReferenceGrantRequired");
        kubectl().delete(GRANT);
        kubectl()
                .await(
                        EXTENSION,
                        "an Event about the lost grant",
                        () -> count(EXTENSION, "Warning ReferenceGrantRequired"),
                        count -> count > lost);
        told(REGISTRATION, "Warning NotReady no valid mcpgatewayextensions configured");
        kubectl().apply(GRANT);
        kubectl().awaitReady(EXTENSION);
        kubectl().awaitReady(REGISTRATION);
        kubectl()
                .await(GATEWAY, "a mark", () -> kubectl().field(GATEWAY, "{.status}"), status -> status.contains(TEAM));
    }

    private void told(Subject subject, String begin) {
        kubectl().await(subject, "the Event " + begin, () -> count(subject, begin), count -> count > 0);
    }

    private int count(Subject subject, String begin) {
        return (int) kubectl().events(subject).stream()
                .filter(line -> line.startsWith(begin))
                .count();
    }

    private void show(Subject subject) {
        System.out.println(kubectl()
                .run(
                        "get",
                        "events",
                        "-n",
                        subject.namespace(),
                        "--field-selector=involvedObject.name=told",
                        "--sort-by=.metadata.creationTimestamp",
                        "-o",
                        "custom-columns=TYPE:.type,REASON:.reason,OBJECT:.involvedObject.kind,MESSAGE:.message")
                .indent(4));
    }
}
