package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.cluster.Kubectl.Condition;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Two teams on one listener, whose routes have the same host name: on purpose, or copied from a page. */
@BedTest
@Portable
@Order(17)
class HostnameTest extends ClusterScenario {
    /** The younger one is first by name, so only its age can decide. */
    private static final String ELDER = "hosts-b";

    private static final String YOUNGER = "hosts-a";
    private static final String HOST = "same.mcp.local";
    private static final String GREETING = "{\"name\":\"e2e\"}";
    private static final Subject ELDERS = Subject.of("mcpserverregistration", ELDER, "tools");
    private static final Subject YOUNGERS = Subject.of("mcpserverregistration", YOUNGER, "tools");
    private static final Subject ELDERS_ROUTE = Subject.of("httproute", ELDER, "tools");
    private static final Subject YOUNGERS_ROUTE = Subject.of("httproute", YOUNGER, "tools");

    @BeforeEach
    void elderIsServed() {
        apply(grant(), Yaml.routesNamespace(ELDER), registered(ELDER, "elder_", HOST, "server2"));
        kubectl().awaitReady(ELDERS);
    }

    @Test
    @Order(1)
    @DisplayName("Host names: the younger of two registrations is refused, calls of the older one go on")
    void youngerRegistrationIsRefused() throws IOException {
        apply(Yaml.routesNamespace(YOUNGER));
        awaitLaterSecond(ELDERS_ROUTE);
        try (McpClient client = installation().connect()) {
            assertThat(client.call("elder_hello_world", GREETING).text()).isEqualTo("Hello, e2e!");

            apply(registered(YOUNGER, "younger_", HOST, "server1"));

            System.out.println("    "
                    + kubectl()
                            .awaitNotReady(
                                    YOUNGERS,
                                    "NotReady",
                                    "hostname same.mcp.local of HTTPRoute hosts-a/tools is taken",
                                    "HTTPRoute hosts-b/tools (MCPServerRegistration hosts-b/tools), which is older",
                                    "give one of the routes another hostname")
                            .message());
            assertThat(kubectl().condition(YOUNGERS, "Accepted"))
                    .extracting(Condition::status, Condition::reason)
                    .containsExactly("False", "HostnameTaken");
            told(ELDERS, "HTTPRoute hosts-a/tools (MCPServerRegistration hosts-a/tools) shares hostname " + HOST);
            elderAnswers(client);
            assertThat(Installation.tools(installation().url()))
                    .contains("elder_hello_world")
                    .noneMatch(tool -> tool.startsWith("younger_"));
            Reply call = client.call("younger_greet", GREETING);
            assertThat(call.json().has("error")).as(call.toString()).isTrue();

            kubectl().apply(registered(YOUNGER, "younger_", "other.mcp.local", "server1"));

            kubectl().awaitReady(YOUNGERS);
            installation().awaitTools(installation().url(), "both", tools -> tools.contains("younger_greet"));
            awaitAnswer(client, YOUNGERS, "younger_greet", "Hi e2e");
            elderAnswers(client);
        }
    }

    @Test
    @Order(2)
    @DisplayName("Host names: a route without registration is told of, and ends the service once it takes calls")
    void bareRouteIsSeen() throws IOException {
        apply(Yaml.routesNamespace(YOUNGER));
        awaitLaterSecond(ELDERS_ROUTE);
        String bare = route(YOUNGER, HOST, "server1");
        try (McpClient client = installation().connect()) {
            apply(bare);

            told(ELDERS, "HTTPRoute hosts-a/tools (no MCPServerRegistration) shares hostname " + HOST);
            assertThat(kubectl().ready(ELDERS).isTrue()).isTrue();
            elderAnswers(client);

            kubectl()
                    .apply(bare.replace(
                            "  - backendRefs:", "  - matches: [{path: {type: Exact, value: /mcp}}]\n    backendRefs:"));
            kubectl()
                    .awaitNotReady(
                            ELDERS,
                            "NotReady",
                            "HTTPRoute hosts-a/tools (no MCPServerRegistration), which is newer, takes calls to /mcp by a closer match");
            assertThat(kubectl().condition(ELDERS, "Accepted").reason()).isEqualTo("HostnameTaken");
            installation()
                    .awaitTools(
                            installation().url(),
                            "no tool of the host",
                            tools -> tools.stream().noneMatch(tool -> tool.startsWith("elder_")));

            kubectl().delete(bare);

            kubectl().awaitReady(ELDERS);
            installation().awaitTools(installation().url(), "them again", tools -> tools.contains("elder_hello_world"));
            awaitAnswer(client, ELDERS, "elder_hello_world", "Hello, e2e!");
            elderAnswers(client);
        }
    }

    @Test
    @Order(3)
    @DisplayName("Host names: the listener takes no route of a namespace without its label")
    void unlabelledNamespaceIsNotAdmitted() throws IOException {
        apply(Yaml.namespace(YOUNGER));
        awaitLaterSecond(ELDERS_ROUTE);
        apply(registered(YOUNGER, "younger_", HOST, "server1"));

        kubectl()
                .await(
                        YOUNGERS_ROUTE,
                        "not to be admitted",
                        () -> kubectl()
                                .field(
                                        YOUNGERS_ROUTE,
                                        "{range .status.parents[*].conditions[?(@.type=='Accepted')]}{.status} {.reason}{end}"),
                        "False NotAllowedByListeners"::equals);
        kubectl().awaitNotReady(YOUNGERS, "NotReady", "no valid gateways for httproute hosts-a/tools", "allowedRoutes");
        assertThat(kubectl().condition(YOUNGERS, "Accepted").reason()).isEqualTo("HTTPRouteNotAttached");
        assertThat(kubectl().condition(ELDERS, "Accepted").message()).doesNotContain(YOUNGER);

        kubectl().apply(registered(YOUNGER, "younger_", "other.mcp.local", "server1"));
        kubectl().run("label", "namespace", YOUNGER, "mcp.kuadrant.io/routes=true");

        kubectl().awaitReady(YOUNGERS);
        try (McpClient client = installation().connect()) {
            installation().awaitTools(installation().url(), "both", tools -> tools.contains("younger_greet"));
            awaitAnswer(client, YOUNGERS, "younger_greet", "Hi e2e");
            elderAnswers(client);
        }
    }

    /** Envoy may get a changed route a moment after the broker gets the server. */
    private void awaitAnswer(McpClient client, Subject registration, String tool, String text) {
        kubectl()
                .await(
                        registration,
                        "an answer of " + tool,
                        () -> {
                            try {
                                return client.call(tool, GREETING).text();
                            } catch (IOException e) {
                                return e.toString();
                            }
                        },
                        text::equals);
    }

    private static void elderAnswers(McpClient client) throws IOException {
        for (int call = 1; call <= 5; call++) {
            assertThat(client.call("elder_hello_world", GREETING).text()).isEqualTo("Hello, e2e!");
        }
    }

    /** Both places where people look: the condition and the Events. */
    private void told(Subject registration, String text) {
        kubectl()
                .await(
                        registration,
                        "a condition Accepted that says " + text,
                        () -> kubectl().condition(registration, "Accepted"),
                        accepted -> accepted.isTrue() && accepted.message().contains(text));
        kubectl()
                .await(
                        registration,
                        "an Event that says " + text,
                        () -> kubectl().events(registration),
                        events -> events.stream()
                                .anyMatch(
                                        event -> event.startsWith("Warning HostnameShared ") && event.contains(text)));
    }

    /** Ages are in whole seconds. */
    private void awaitLaterSecond(Subject older) {
        Instant end = Instant.parse(kubectl().field(older, "{.metadata.creationTimestamp}"))
                .plusSeconds(1);
        Instant later = kubectl().await(older, "a second to pass", Instant::now, now -> !now.isBefore(end));
        assertThat(later).isAfterOrEqualTo(end);
    }

    private static String registered(String team, String prefix, String host, String service) {
        return route(team, host, service) + "---\n"
                + Yaml.registration("tools", prefix, "tools").replace("namespace: mcp-test", "namespace: " + team);
    }

    private static String route(String team, String host, String service) {
        return Yaml.route("tools", host, service)
                .replace("namespace: mcp-test", "namespace: " + team)
                .replace("port: 9090", "namespace: mcp-test, port: 9090");
    }

    private static String grant() {
        return """
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: hosts, namespace: mcp-test}
                spec:
                  from:
                  - {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: %s}
                  - {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: %s}
                  to: [{group: "", kind: Service}]
                """.formatted(ELDER, YOUNGER);
    }
}
