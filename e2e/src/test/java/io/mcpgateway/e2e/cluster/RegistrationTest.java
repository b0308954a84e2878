package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@BedTest
@Portable
@Order(2)
class RegistrationTest extends ClusterScenario {
    private static final String GREETING = "{\"name\":\"e2e\"}";

    @Test
    @Order(1)
    @DisplayName("E01 registration: both prefixes listed and callable, one deleted")
    void registeredServersAreServedUntilDeleted() throws IOException {
        Subject first = Subject.registration("e01-first");
        Subject second = Subject.registration("e01-second");
        apply(Yaml.route("e01-first", "e01-first.mcp.local", "server2"));
        apply(Yaml.route("e01-second", "e01-second.mcp.local", "server2"));
        apply(Yaml.registration("e01-first", "first_", "e01-first"));
        apply(Yaml.registration("e01-second", "second_", "e01-second"));

        for (Subject registration : List.of(first, second)) {
            assertThat(kubectl().awaitReady(registration).message())
                    .isEqualTo("server added successfully. Total tools added 7");
            assertThat(kubectl().field(registration, "{.status.discoveredTools}"))
                    .isEqualTo("7");
        }
        assertThat(inUse("e01-first")).isEqualTo("True InUseByMCPServerRegistration");
        try (McpClient client = installation().connect()) {
            assertThat(client.toolNames()).contains("first_hello_world", "second_hello_world");
            assertThat(client.call("first_hello_world", GREETING).text()).isEqualTo("Hello, e2e!");
        }

        kubectl().run("delete", "mcpsr", "e01-first", "-n", "mcp-test");

        assertThat(kubectl().exists(first)).isFalse();
        installation()
                .awaitTools(
                        installation().url(),
                        "only the second prefix",
                        tools -> tools.contains("second_time") && !tools.contains("first_time"));
        kubectl()
                .await(
                        Subject.of("httproute", "mcp-test", "e01-first"),
                        "no mark",
                        () -> inUse("e01-first"),
                        String::isEmpty);
    }

    @Test
    @Order(2)
    @DisplayName("E02 credentials: a wrong token is not ready, a corrected Secret heals it")
    void correctedCredentialHealsTheRegistration() {
        Subject registration = Subject.registration("e02");
        apply(Yaml.credential("e02", "Bearer wrong"));
        apply(Yaml.registration("e02", "key_", "api-key", "e02"));
        String message =
                kubectl().awaitNotReady(registration, "NotReady", "auth").message();
        System.out.println("    " + message);
        assertThat(message).doesNotContain("wrong");
        assertThat(Installation.tools(installation().url())).doesNotContain("key_hello_world");

        kubectl().apply(Yaml.credential("e02", "Bearer test-api-key-secret-token"));

        kubectl().awaitReady(registration);
        installation().awaitTools(installation().url(), "key_", tools -> tools.contains("key_hello_world"));
    }

    @Test
    @Order(3)
    @DisplayName("E02 credentials: a missing Secret and a missing label are told")
    void secretProblemsAreReported() {
        Subject registration = Subject.registration("e02-label");
        apply(Yaml.registration("e02-label", "label_", "api-key", "e02-label"));
        kubectl().awaitNotReady(registration, "NotReady", "credential secret e02-label not found");

        apply(Yaml.credential("e02-label", "Bearer test-api-key-secret-token")
                .replace("mcp.kuadrant.io/credential: \"true\"", "app: e02"));
        kubectl()
                .awaitNotReady(
                        registration,
                        "NotReady",
                        "credential secret e02-label is missing required label mcp.kuadrant.io/credential=true");

        kubectl().run("label", "secret", "e02-label", "-n", "mcp-test", "mcp.kuadrant.io/credential=true");
        kubectl().awaitReady(registration);
    }

    @Test
    @Order(4)
    @DisplayName("E12 protocol version: told in the status")
    void unsupportedProtocolVersionIsReported() {
        apply(Yaml.registration("e12", "broken_", "broken"));

        kubectl().awaitNotReady(Subject.registration("e12"), "NotReady", "unsupported protocol version");
    }

    @Test
    @Order(5)
    @DisplayName("E13, E14, E15 conflict: told to the younger one, healed by a prefix")
    void conflictIsReportedAndResolvedByPrefix() throws IOException {
        Subject older = Subject.registration("e13-older");
        Subject younger = Subject.registration("e13-younger");
        apply(Yaml.route("e13-older", "e13-older.mcp.local", "server1"));
        apply(Yaml.route("e13-younger", "e13-younger.mcp.local", "server2"));
        apply(Yaml.registration("e13-older", "", "e13-older"));
        kubectl().awaitReady(older);
        apply(Yaml.registration("e13-younger", "", "e13-younger"));
        String message = kubectl()
                .awaitReady(
                        younger,
                        "Ready=True, with a message about the conflict",
                        condition -> condition.isTrue() && condition.message().contains("conflict"))
                .message();
        System.out.println("    " + message);
        assertThat(kubectl().ready(older).isTrue()).isTrue();

        kubectl().apply(Yaml.registration("e13-younger", "younger_", "e13-younger"));

        kubectl().awaitReady(younger);
        try (McpClient client = installation().connect()) {
            assertThat(client.toolNames()).contains("greet", "time", "younger_hello_world", "younger_time");
            assertThat(client.call("greet", GREETING).text()).isEqualTo("Hi e2e");
            assertThat(client.call("time", "{}").text()).startsWith("20");
            assertThat(client.call("younger_time", "{}").text()).startsWith("20");
        }
    }

    @Test
    @Order(6)
    @DisplayName("E09 outage: connection refused is told, tools go and come back")
    void outageIsReportedAndHeals() throws IOException {
        Subject deployment = Subject.of("deployment", "mcp-test", "server1");
        Subject registration = Subject.registration("server1");
        try (McpClient client = installation().connect();
                Notifications heard = Notifications.of(client, installation().url())) {
            afterwards(() -> scale(deployment, 1));
            scale(deployment, 0);
            System.out.println("    "
                    + kubectl()
                            .awaitNotReady(registration, "NotReady", "onnection refused")
                            .message());
            installation().awaitTools(installation().url(), "none of server1", tools -> !tools.contains("test1_time"));
            assertThat(heard.toolChanges()).isPositive();

            scale(deployment, 1);
            kubectl().awaitReady(registration);
            installation().awaitTools(installation().url(), "those of server1", tools -> tools.contains("test1_time"));
            assertThat(client.call("test1_time", "{}").text()).startsWith("20");
        }
    }

    @Test
    @Order(7)
    @DisplayName("Delivery: from kubectl apply to a call within 2 s, no listener updated")
    void newRegistrationIsCallableSoonAndTouchesNoListener() throws IOException {
        long listeners = listenerUpdates();
        List<Long> times = new ArrayList<>();
        try (McpClient client = installation().connect()) {
            for (int round = 1; round <= 3; round++) {
                String name = "soon-" + round;
                String tool = "soon" + round + "_hello_world";
                String objects = Yaml.route(name, name + ".mcp.local", "server2") + "---\n"
                        + Yaml.registration(name, "soon" + round + "_", name);
                long begin = System.nanoTime();
                apply(objects);
                kubectl()
                        .await(
                                Subject.registration(name),
                                "an answer of " + tool,
                                () -> answer(client, tool),
                                "Hello, e2e!"::equals);
                times.add((System.nanoTime() - begin) / 1_000_000);
            }
        }
        System.out.println("    from the begin of kubectl apply to an answer, ms: " + times);

        assertThat(listenerUpdates()).as("listeners added, modified or removed").isEqualTo(listeners);
        assertThat(times.stream().sorted().toList().get(1)).as("median, ms").isLessThanOrEqualTo(2000);
    }

    private String answer(McpClient client, String tool) {
        try {
            return client.call(tool, GREETING).text();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String inUse(String route) {
        return kubectl()
                .field(
                        Subject.of("httproute", "mcp-test", route),
                        "{range .status.parents[*].conditions[?(@.reason=='InUseByMCPServerRegistration')]}"
                                + "{.status} {.reason}{end}");
    }

    private long listenerUpdates() {
        return installation()
                .envoy("/stats?filter=listener_manager.listener_(added|modified|removed|in_place_updated)")
                .lines()
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(": ") + 2)))
                .sum();
    }
}
