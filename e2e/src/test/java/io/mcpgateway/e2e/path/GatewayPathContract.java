package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RawHttp;
import io.mcpgateway.e2e.fixture.Recorded;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.servers.SampleKind;
import io.mcpgateway.e2e.servers.SampleOptions;
import io.mcpgateway.e2e.servers.SampleServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a correct client sees. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatewayPathContract {
    private static final List<String> PLAIN =
            List.of("Host: 127.0.0.1", "Content-Type: application/json", "Accept: */*");

    private final Front front;
    private final Closer closer = new Closer();
    private RecordingBackend recording;
    private TestGateway gateway;
    private McpClient client;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    GatewayPathContract(Front front) {
        this.front = front;
    }

    @BeforeAll
    void startEverything() throws IOException {
        recording = closer.keep(RecordingBackend.start("echo", "other"));
        gateway = closer.keep(TestGateway.start(
                front,
                List.of(
                        ServerEntry.of("one", sample(SampleKind.SERVER1)),
                        ServerEntry.of("two", sample(SampleKind.SERVER2)),
                        ServerEntry.of("special", sample(SampleKind.CUSTOM_PATH)),
                        ServerEntry.of("broken", sample(SampleKind.BROKEN)),
                        ServerEntry.of("recorded", recording.url()))));
        gateway.awaitTools(
                "the tools of all four servers that work",
                names -> Stream.of("one_greet", "two_time", "special_hello_world", "recorded_echo")
                        .allMatch(names::contains));
        client = closer.keep(gateway.connect());
    }

    private java.net.URI sample(SampleKind kind) throws IOException {
        return closer.keep(SampleServer.start(SampleOptions.local(kind))).url();
    }

    @AfterAll
    void stopEverything() {
        closer.close();
    }

    @BeforeEach
    void forgetEarlierTests() {
        recording.forgetRequests();
    }

    @Test
    void everyToolIsListedUnderItsPrefixInOrderOfNames() throws IOException {
        List<String> names = client.toolNames();

        assertThat(names)
                .isSorted()
                .contains("one_greet", "one_time", "one_slow", "one_headers", "one_add_tool")
                .contains("two_hello_world", "two_auth1234", "two_set_time", "two_pour_chocolate_into_mold")
                .contains("special_hello_world", "recorded_echo", "recorded_other")
                .noneMatch(name -> name.startsWith("broken"));
    }

    @Test
    void toolDefinitionsComeAsTheServerWroteThem() throws IOException {
        JsonNode greet = client.tools().stream()
                .filter(tool -> tool.path("name").asText().equals("one_greet"))
                .findFirst()
                .orElseThrow();

        assertThat(greet.path("description").asText()).isEqualTo("Says hi to somebody");
        assertThat(greet.at("/inputSchema/properties/name/type").asText()).isEqualTo("string");
        assertThat(greet.at("/annotations/readOnlyHint").asBoolean()).isTrue();
    }

    @Test
    void callsReachTheRightServerUnderTheNameItKnows() throws IOException {
        assertThat(client.call("one_greet", "{\"name\":\"x\"}").text()).isEqualTo("Hi x");
        assertThat(client.call("two_hello_world", "{\"name\":\"x\"}").text()).isEqualTo("Hello, x!");
        assertThat(client.call("special_hello_world", "{\"name\":\"y\"}").text())
                .isEqualTo("Hello, y!");
        assertThat(client.call("recorded_other", "{}").text()).isEqualTo("other");
    }

    @Test
    void statusNamesTheServerThatSpeaksAnUnknownProtocol() throws IOException {
        try (McpClient status = McpClient.of(gateway.broker("/status/demo/broken"))) {
            assertThat(status.send("GET", Map.of()).body()).contains("\"ready\":false", "1999-12-31");
        }
    }

    @Test
    void initializeAndListArePlainJsonForAnyAcceptHeader() throws IOException {
        Reply initialized = RawHttp.post(gateway.port(), PLAIN, bytes(McpClient.INITIALIZE));
        assertThat(initialized.status()).as("%s", initialized).isEqualTo(200);
        assertThat(initialized.mediaType()).isEqualTo("application/json");
        assertThat(initialized.json().at("/result/protocolVersion").asText()).isEqualTo(McpClient.PROTOCOL);
        assertThat(initialized
                        .json()
                        .at("/result/capabilities/tools/listChanged")
                        .asBoolean())
                .isTrue();

        List<String> withSession = new ArrayList<>(PLAIN);
        withSession.add(
                "Mcp-Session-Id: " + initialized.header("mcp-session-id").orElseThrow());
        Reply listed = RawHttp.post(
                gateway.port(), withSession, bytes("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}"));
        assertThat(listed.mediaType()).isEqualTo("application/json");
        assertThat(listed.json().at("/result/tools").size()).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void everyKnownProtocolVersionIsSpoken(String version) throws IOException {
        Reply reply = client.post(McpClient.INITIALIZE.replace(McpClient.PROTOCOL, version), Map.of());

        assertThat(reply.json().at("/result/protocolVersion").asText()).isEqualTo(version);
    }

    @Test
    void bodyReachesTheBackendByteForByteButForTheName() throws IOException {
        String sent = "{ \"jsonrpc\":\"2.0\",\"id\":\"abc-1\",\"params\":{\"arguments\":{\"big\":12345678901234567890,"
                + "\"f\":1.0,\"h\":\"<a&b>\",\"e\":1E400,\"u\":\"\\u00e9\u00e9\\/\"},\"name\":\"recorded_echo\","
                + "\"_meta\":{\"x\":[ ]}},\"method\":\"tools/call\",\"extra\":true}";

        Reply reply = client.post(sent, Map.of());

        assertThat(reply.text()).isEqualTo("echo");
        assertThat(reply.json().path("id").asText()).isEqualTo("abc-1");
        assertThat(recording.calls())
                .extracting(Recorded::body)
                .containsExactly(sent.replace("\"recorded_echo\"", "\"echo\""));
    }

    @Test
    void theServerGetsMethodAndNameOfTheCall() throws IOException {
        client.call("recorded_echo", "{}");

        Recorded call = recording.calls().getFirst();
        assertThat(call.path()).isEqualTo("/mcp");
        assertThat(call.host()).isEqualTo(recording.url().getAuthority());
        assertThat(call.header("x-mcp-method")).contains("tools/call");
        assertThat(call.header("x-mcp-toolname")).contains("echo");
        assertThat(call.header("x-mcp-servername")).contains("demo/recorded");
        assertThat(call.header("content-length"))
                .contains(Integer.toString(call.body().length()));
    }

    /** What a load balancer in front of a server's instances hashes. */
    @Test
    void everyRequestOfASessionHasTheSameAffinityAndNoClientChoosesIt() throws IOException {
        List<String> values = new ArrayList<>();
        for (int session = 0; session < 2; session++) {
            recording.forgetRequests();
            McpClient fresh = closer.keep(gateway.connect());
            fresh.post(
                    McpClient.callBody("1", "recorded_echo", "{}"),
                    Map.of("x-mcp-session-affinity", "chosen-by-the-client"));
            fresh.send("DELETE", Map.of());
            await("the end of the session").until(() -> requests("DELETE") == 1);
            Set<String> seen = recording.requests().stream()
                    .filter(request -> !request.header("user-agent").orElse("").equals("mcp-broker"))
                    .map(request -> request.header("x-mcp-session-affinity").orElse("none"))
                    .collect(Collectors.toSet());
            assertThat(seen).hasSize(1).allMatch(value -> value.matches("[0-9a-f]{32}"));
            values.addAll(seen);
        }
        assertThat(recording.requests("initialize")).hasSize(1);
        assertThat(values).doesNotHaveDuplicates();
    }

    private long requests(String httpMethod) {
        return recording.requests().stream()
                .filter(request -> request.method().equals(httpMethod))
                .count();
    }

    @Test
    void backendAndClientEachSeeTheirOwnSessionOnly() throws IOException {
        Reply reply = client.call("recorded_echo", "{}");

        assertThat(recording.calls().getFirst().header("mcp-session-id").orElseThrow())
                .startsWith("recorded-");
        assertThat(reply.header("mcp-session-id"))
                .as("what the client is shown")
                .isEqualTo(client.session());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "7", "-7", "0", "123456789012345678901234567890", "\"\"", "\"\\u00e9\""})
    void anyIdComesBackAsItWasSent(String id) throws IOException {
        Reply called = client.post(McpClient.callBody(id, "recorded_echo", "{}"), Map.of());
        Reply listed = client.post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/list\"}", Map.of());
        Reply unknown = client.post(McpClient.callBody(id, "no_such_tool", "{}"), Map.of());

        assertThat(recording.calls()).extracting(Recorded::body).allMatch(body -> body.contains("\"id\":" + id + ","));
        assertThat(listed.body()).contains("\"id\":" + id);
        assertThat(called.json().get("id")).isEqualTo(listed.json().get("id"));
        assertThat(unknown.json().get("id")).isEqualTo(listed.json().get("id"));
    }

    @Test
    void pingIsAnsweredAndNotificationsAreAccepted() throws IOException {
        Reply ping = client.post("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}", Map.of());
        Reply notified = client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", Map.of());

        assertThat(ping.json().get("result")).as("%s", ping).isEmpty();
        assertThat(notified.status()).isEqualTo(202);
        assertThat(notified.body()).isEmpty();
    }

    @Test
    void progressArrivesWhileTheToolStillRuns() throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"one_slow\","
                + "\"arguments\":{\"seconds\":3},\"_meta\":{\"progressToken\":\"p\"}}}";
        List<Long> progress = new ArrayList<>();
        List<Long> result = new ArrayList<>();
        try (Stream<String> lines = client.stream(body, Map.of()).body()) {
            lines.forEach(line -> {
                if (line.contains("notifications/progress")) {
                    progress.add(System.nanoTime());
                } else if (line.contains("waited 3 s")) {
                    result.add(System.nanoTime());
                }
            });
        }

        assertThat(progress).hasSize(3);
        assertThat(result).hasSize(1);
        assertThat(Duration.ofNanos(result.getFirst() - progress.getFirst()))
                .as("a buffered stream would bring the first progress together with the result, two seconds later")
                .isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void manyFirstCallsOfOneSessionMakeOneBackendSession() throws Exception {
        CyclicBarrier together = new CyclicBarrier(50);
        try (McpClient fresh = gateway.connect();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            recording.forgetRequests();
            Callable<String> call = () -> {
                together.await();
                return fresh.call("recorded_echo", "{}").text();
            };
            List<Future<String>> answers =
                    IntStream.range(0, 50).mapToObj(i -> threads.submit(call)).toList();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("echo");
            }
        }

        assertThat(recording.requests("initialize")).hasSize(1);
        assertThat(recording.calls()).hasSize(50);
    }

    @Test
    void deleteEndsTheSession() throws IOException {
        try (McpClient other = gateway.connect()) {
            assertThat(other.call("recorded_echo", "{}").text()).isEqualTo("echo");

            assertThat(other.send("DELETE", Map.of()).status()).isBetween(200, 204);

            assertThat(other.call("recorded_echo", "{}").status()).isEqualTo(404);
            assertThat(other.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", Map.of())
                            .status())
                    .isEqualTo(404);
        }
        assertThat(recording.calls()).hasSize(1);
    }

    @Test
    void toolAddedAtRunTimeIsListedAndCallable() throws IOException {
        assertThat(client.call("one_add_tool", "{\"name\":\"fresh\"}").text()).isEqualTo("added fresh");

        gateway.awaitTools("the tool that was added at run time", names -> names.contains("one_fresh"));
        assertThat(client.call("one_fresh", "{}").text()).isEqualTo("this is fresh");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
