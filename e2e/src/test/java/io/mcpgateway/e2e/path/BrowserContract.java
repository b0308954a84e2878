package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.servers.SampleKind;
import io.mcpgateway.e2e.servers.SampleOptions;
import io.mcpgateway.e2e.servers.SampleServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a web page may do, checked as in a browser, which only shows the page what the response allows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserContract {
    private static final String PAGE = "https://app.example.com";
    private static final String OTHER_PAGE = "https://other.example.com:8443";
    private static final String EVIL = "https://evil.example";

    private final Front front;
    private final Closer closer = new Closer();
    private RecordingBackend recording;
    private TestGateway gateway;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    BrowserContract(Front front) {
        this.front = front;
    }

    @BeforeAll
    void startEverything() throws IOException {
        front.envoy();
        recording = closer.keep(RecordingBackend.start("echo"));
        RecordingBackend dead = RecordingBackend.start("gone");
        SampleServer sample = closer.keep(SampleServer.start(SampleOptions.local(SampleKind.SERVER1)));
        gateway = closer.keep(TestGateway.start(
                front,
                List.of(
                        ServerEntry.of("recorded", recording.url()),
                        ServerEntry.of("one", sample.url()),
                        ServerEntry.of("dead", dead.url())),
                "--allowed-origins=" + PAGE + "," + OTHER_PAGE));
        gateway.awaitTools(
                "the tools of all servers",
                names -> names.containsAll(List.of("recorded_echo", "one_headers", "dead_gone")));
        try (McpClient client = connect(PAGE)) {
            assertThat(call(client, PAGE, "dead_gone").text()).isEqualTo("gone");
        }
        dead.die();
    }

    @AfterAll
    void stopEverything() {
        closer.close();
    }

    @Test
    void aPageAsksFirstWhatItMaySend() throws IOException {
        try (McpClient client = McpClient.of(gateway.url())) {
            Reply preflight = client.send(
                    "OPTIONS",
                    Map.of(
                            "Origin", PAGE,
                            "Access-Control-Request-Method", "POST",
                            "Access-Control-Request-Headers", "content-type,mcp-session-id,mcp-protocol-version"));

            assertThat(preflight.status()).as("%s", preflight).isEqualTo(204);
            assertReadableBy(PAGE, preflight);
            assertThat(preflight.header("Access-Control-Allow-Methods").orElse(""))
                    .contains("POST", "GET", "DELETE");
            assertThat(preflight.header("Access-Control-Allow-Headers").orElse(""))
                    .containsIgnoringCase("content-type")
                    .containsIgnoringCase("mcp-session-id")
                    .containsIgnoringCase("mcp-protocol-version");
        }
    }

    @Test
    void aPageReadsItsSessionIdAndTheAnswersOfServers() throws IOException {
        for (String page : List.of(PAGE, OTHER_PAGE)) {
            try (McpClient client = connect(page)) {
                Reply list = client.post(request("tools/list"), Map.of("Origin", page));
                Reply answered = call(client, page, "recorded_echo");
                Reply streamed = call(client, page, "one_headers");

                assertThat(list.body()).contains("recorded_echo");
                assertThat(answered.text()).isEqualTo("echo");
                assertThat(streamed.text()).isNotBlank();
                for (Reply reply : List.of(list, answered, streamed)) {
                    assertReadableBy(page, reply);
                }
            }
        }
    }

    @Test
    void aPageReadsRefusalsToo() throws IOException {
        try (McpClient client = connect(PAGE)) {
            Reply unknown = call(client, PAGE, "no_such");
            Reply noSession = call(client.withSession(Optional.empty()), PAGE, "recorded_echo");
            Reply foreignSession = call(client.withSession(Optional.of("garbage")), PAGE, "recorded_echo");
            Reply garbage = client.post("[", Map.of("Origin", PAGE));
            Reply tooLarge = client.post("x".repeat(5 * 1024 * 1024 + 1), Map.of("Origin", PAGE));
            Reply dead = call(client, PAGE, "dead_gone");

            assertThat(List.of(unknown, noSession, foreignSession, garbage, tooLarge))
                    .extracting(Reply::status)
                    .containsExactly(200, 400, 404, 400, 413);
            assertThat(dead.status()).isBetween(502, 503);
            for (Reply reply : List.of(unknown, noSession, foreignSession, garbage, tooLarge, dead)) {
                assertReadableBy(PAGE, reply);
            }
        }
    }

    @Test
    void aForeignPageGetsNothingThatItCouldRead() throws IOException {
        recording.forgetRequests();
        try (McpClient client = gateway.connect()) {
            Reply call = call(client, EVIL, "recorded_echo");
            Reply list = client.post(request("tools/list"), Map.of("Origin", EVIL));
            Reply preflight = client.send("OPTIONS", Map.of("Origin", EVIL, "Access-Control-Request-Method", "POST"));

            assertThat(List.of(call, list)).extracting(Reply::status).containsOnly(403);
            for (Reply reply : List.of(call, list, preflight)) {
                assertThat(reply.headers()).doesNotContainKey("Access-Control-Allow-Origin");
            }
        }
        assertThat(recording.calls()).isEmpty();
    }

    @Test
    void whoIsNoPageGetsNoSuchHeaders() throws IOException {
        try (McpClient client = gateway.connect()) {
            Reply reply = client.call("recorded_echo", "{}");

            assertThat(reply.text()).isEqualTo("echo");
            assertThat(reply.headers())
                    .doesNotContainKeys("Access-Control-Allow-Origin", "Access-Control-Expose-Headers");
        }
    }

    private McpClient connect(String page) throws IOException {
        McpClient client = McpClient.of(gateway.url());
        Reply reply = client.post(McpClient.INITIALIZE, Map.of("Origin", page));
        assertReadableBy(page, reply);
        return client.withSession(reply.header("Mcp-Session-Id"));
    }

    private static Reply call(McpClient client, String page, String tool) throws IOException {
        return client.post(McpClient.callBody("7", tool, "{}"), Map.of("Origin", page));
    }

    private static String request(String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}";
    }

    /** Fetch standard, "CORS check": exactly one value, the page's own origin; the page may see the session ID. */
    private static void assertReadableBy(String page, Reply reply) {
        assertThat(reply.headers().get("Access-Control-Allow-Origin"))
                .as("%s", reply)
                .containsExactly(page);
        assertThat(reply.header("Access-Control-Expose-Headers").orElse(""))
                .as("%s", reply)
                .containsIgnoringCase("mcp-session-id")
                .containsIgnoringCase("www-authenticate");
        assertThat(String.join(",", reply.headers().getOrDefault("Vary", List.of())))
                .as("%s", reply)
                .containsIgnoringCase("origin");
    }
}
