package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.modern.DiscoverResult;
import io.mcpgateway.broker.endpoint.modern.TaskUpdate;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.tasks.ServerTask;
import io.mcpgateway.broker.tasks.TaskSeal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the broker itself does for tasks: it declares them, and merges what servers tell of them. */
class ModernTasksTest {
    private static final String TASKS = "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}";
    private static final List<String> ALICE = List.of("Authorization: Bearer alice");

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @BeforeEach
    void serve() {
        report(EndpointFixture.ONE, true, "alpha", "beta");
        report(EndpointFixture.TWO, true, "hello_world");
        fixture.subscriptions.known.addAll(List.of("t1", "t2"));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void onlyModernClientsThatSeeAServerWithTasksAreTold() throws Exception {
        report(EndpointFixture.TWO, false, "hello_world");
        String two = SignedHeaders.tools("{\"ns/two\":[\"hello_world\"]}");
        String[] discover = ModernRequest.headers("server/discover");
        String[] seesTwo = ModernRequest.headers("server/discover", "X-Authorized-Tools", two);

        assertThat(fixture.post(ModernRequest.body("1", "server/discover"), discover)
                        .body())
                .contains("\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}");
        assertThat(fixture.post(ModernRequest.body("1", "server/discover"), seesTwo)
                        .body())
                .doesNotContain("extensions");
        assertThat(fixture.post(EndpointFixture.INITIALIZE).body()).doesNotContain("extensions");
    }

    @Test
    void whatServersHonourIsAcknowledgedWithTheClientsIds() throws Exception {
        String one = id(EndpointFixture.ONE, "alpha", "t1", "Bearer alice");
        String two = id(EndpointFixture.TWO, "hello_world", "t2", "Bearer alice");
        String unknown = id(EndpointFixture.TWO, "hello_world", "t3", "Bearer alice");
        String bobs = id(EndpointFixture.ONE, "alpha", "t1", "Bearer bob");

        try (RawClient stream = listen(TASKS, ALICE, two, unknown, bobs, "t1", one, two)) {
            assertThat(stream.lineStarting("data:"))
                    .endsWith("\"notifications\":{\"taskIds\":[\"" + two + "\",\"" + one + "\"]}}}");
            assertThat(fixture.subscriptions.open)
                    .extracting(open -> open.wish().server().name() + " "
                            + open.wish().tasks().stream().map(ServerTask::id).toList())
                    .containsExactly("ns/two [t2, t3]", "ns/one [t1]");
        }
        await().until(fixture.subscriptions.open::isEmpty);
    }

    @Test
    void theStateOfATaskIsToldWithTheClientsIdsAndElseByteForByte() throws Exception {
        String one = id(EndpointFixture.ONE, "alpha", "t1", "Bearer alice");
        try (RawClient stream = listen(TASKS, ALICE, one)) {
            stream.lineStarting("data:");
            fixture.subscriptions.tell(TaskUpdate.read(
                            RawJson.of(
                                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\","
                                            + "\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":1,\"x\":[1.0]},"
                                            + "\"status\":\"completed\",\"taskId\":\"t1\",\"result\":{\"taskId\":\"t1\",\"n\": 12345678901234567890}}}"))
                    .orElseThrow());

            assertThat(stream.lineStarting("data:"))
                    .isEqualTo(
                            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\",\"params\":{\"_meta\":"
                                    + "{\"io.modelcontextprotocol/subscriptionId\":7,\"x\":[1.0]},\"taskId\":\"" + one
                                    + "\",\"status\":\"completed\",\"result\":{\"taskId\":\"t1\",\"n\": 12345678901234567890}}}");
        }
    }

    @Test
    void whatTheClientNoLongerSeesOrDidNotAskForIsNotTold() throws Exception {
        String one = id(EndpointFixture.ONE, "alpha", "t1", "Bearer alice");
        String two = id(EndpointFixture.TWO, "hello_world", "t2", "Bearer alice");
        try (RawClient stream = listen(TASKS, ALICE, one, two)) {
            stream.lineStarting("data:");
            report(EndpointFixture.ONE, true, "beta");
            fixture.subscriptions.tell(new TaskUpdate("t1", "", ""));
            fixture.subscriptions.tell(new TaskUpdate("t3", "", ""));
            fixture.subscriptions.tell(new TaskUpdate("t2", "", ",\"status\":\"working\""));

            assertThat(stream.lineStarting("data:")).contains("\"taskId\":\"" + two + "\",\"status\":\"working\"}}");
        }
    }

    @Test
    void aClientThatDoesNotDeclareTasksIsRefused() throws Exception {
        try (RawClient stream = listen("{}", ALICE, "x")) {
            assertThat(stream.head()).first().asString().contains(" 400 ");
            assertThat(stream.rest())
                    .contains(
                            "\"code\":-32021,",
                            "\"requiredCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}");
        }
    }

    private RawClient listen(String capabilities, List<String> headerLines, String... ids) throws IOException {
        String body = ModernRequest.body(
                        "7",
                        "subscriptions/listen",
                        "\"notifications\":{\"taskIds\":[\"" + String.join("\",\"", ids) + "\"]}")
                .replace("clientCapabilities\":{}", "clientCapabilities\":" + capabilities);
        List<String> headers = new java.util.ArrayList<>(headerLines);
        headers.add("Connection: close");
        return ModernRequest.listen(fixture.port(), body, headers);
    }

    private String id(ServerName server, String tool, String task, String authorization) {
        ServerRoute route = java.util.Objects.requireNonNull(
                fixture.cell.get().table().servers().get(server));
        return TaskSeal.of(route.authorization(), CallerBinding.of(List.of(authorization)))
                .seal(EndpointFixture.STATES, new ServerTask(route.key(), tool, task));
    }

    private void report(ServerName server, boolean tasks, String... tools) {
        fixture.report(
                server,
                new ServerReport.Agreed(
                        "2026-07-28",
                        new ServerEras(Optional.empty(), List.of("2026-07-28"), tasks),
                        DiscoverResult.parse(RawJson.of("{\"supportedVersions\":[],\"capabilities\":{\"tools\":{}"
                                        + (tasks ? "," + TASKS.substring(1, TASKS.length() - 1) : "") + "}}"))
                                .orElseThrow()
                                .capabilities(),
                        Instructions.NONE),
                EndpointFixture.listings(CapabilityKind.TOOL, tools));
    }
}
