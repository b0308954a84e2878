package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.EnvoyCounters;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that a real Envoy does not ask the router about. Each is sent twice: to the public host, and by another name of
 * the same address, where Envoy always asks.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvoyBrokerRequestsTest {
    private static final String VIRTUAL_SERVERS = """
            virtualServers:
            - name: team/small
              tools: [recorded_echo]
              path: /mcp/short
            - name: team/own
              tools: [recorded_other]
              hostname: own.example.com
            """;
    private static final String ALLOWED_ORIGIN = "http://127.0.0.1:5173";
    private static final String EVIL_ORIGIN = "http://evil.example";
    private static final List<String> LISTS =
            List.of("server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list");

    private final Closer closer = new Closer();
    private RecordingBackend recording;
    private TestGateway gateway;
    private EnvoyCounters counters;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    EnvoyBrokerRequestsTest() {}

    @BeforeAll
    void startEverything() throws IOException {
        Front.ENVOY.envoy();
        recording = closer.keep(RecordingBackend.start("echo", "other"));
        List<ServerEntry> servers = List.of(ServerEntry.of("recorded", recording.url()));
        gateway = closer.keep(TestGateway.start(Front.ENVOY, servers, List.of(), List.of("--access-log")));
        gateway.serve(ServerEntry.yaml(servers) + VIRTUAL_SERVERS);
        gateway.awaitTools("the server's tools", List.of("recorded_echo", "recorded_other")::equals);
        try (McpClient atUrl = McpClient.of(gateway.url().resolve("/mcp/short"))) {
            await("the virtual server's URL")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> atUrl.post(McpClient.INITIALIZE, Map.of()).status() == 200);
        }
        counters = new EnvoyCounters(gateway.running().ports().envoyAdmin());
        recording.forgetRequests();
    }

    @AfterAll
    void stopEverything() {
        closer.close();
    }

    static Stream<SentRequest> requests() {
        List<SentRequest> sent = new ArrayList<>();
        for (String line : List.of("GET", "DELETE", "OPTIONS")) {
            sent.add(SentRequest.withoutMessage(line + " /mcp", "Accept: text/event-stream"));
            sent.add(SentRequest.withoutMessage(line + " /mcp"));
            sent.add(SentRequest.withoutMessage(line + " /mcp", "Accept: text/event-stream", "Mcp-Session-Id: forged"));
            sent.add(SentRequest.withoutMessage(line + " /mcp", "Accept: text/event-stream", "Mcp-Session-Id: a, b"));
            sent.add(SentRequest.withoutMessage(
                    line + " /mcp", "Accept: text/event-stream", "Mcp-Session-Id: a", "Mcp-Session-Id: b"));
            sent.add(SentRequest.withoutMessage(line + " /mcp", "Mcp-Protocol-Version: 2026-07-28"));
            sent.add(SentRequest.withoutMessage(
                    line + " /mcp", "Accept: text/event-stream", "Mcp-Protocol-Version: 1999-01-01"));
            sent.add(SentRequest.withoutMessage(
                    line + " /mcp", "Origin: " + ALLOWED_ORIGIN, "Accept: text/event-stream"));
            sent.add(SentRequest.withoutMessage(line + " /mcp", "Origin: " + EVIL_ORIGIN, "Accept: text/event-stream"));
            sent.add(SentRequest.withoutMessage(line + " /mcp", "Mcp-Method: tools/call", "Accept: text/event-stream"));
            sent.add(SentRequest.withoutMessage(line + " /mcp/team/small", "Accept: text/event-stream"));
            sent.add(SentRequest.withoutMessage(line + " /mcp/servers/demo/recorded", "Accept: text/event-stream"));
            sent.add(SentRequest.withoutMessage(line + " /mcp/team/nobody"));
            sent.add(SentRequest.withoutMessage(line + " /mcp/team/nobody", "Origin: " + EVIL_ORIGIN));
            sent.add(SentRequest.withoutMessage(line + " /mcp/servers/a/b"));
            sent.add(SentRequest.withoutMessage(line + " /mcp/short", "Accept: text/event-stream")
                    .whichIsAsked());
            sent.add(SentRequest.withoutMessage(line + " /mcp/team/small/").whichIsAsked());
            sent.add(SentRequest.withoutMessage(line + " /mcp?x=1").whichIsAsked());
            sent.add(SentRequest.withoutMessage(line + " /mcp", "Authorization: Bearer x")
                    .whichIsAsked());
        }
        sent.add(SentRequest.withoutMessage(
                "OPTIONS /mcp",
                "Origin: " + ALLOWED_ORIGIN,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: mcp-param-x"));
        sent.add(SentRequest.withoutMessage("PUT /mcp").whichIsAsked());
        sent.add(SentRequest.withoutMessage("PATCH /mcp").whichIsAsked());
        for (String method : LISTS) {
            sent.add(SentRequest.message(method));
            sent.add(SentRequest.message(method, "Authorization: Bearer x"));
            sent.add(SentRequest.message(method, "X-Mcp-Virtualserver: team/small"));
            sent.add(SentRequest.message(method, "X-Mcp-Virtualserver: team/nobody"));
            sent.add(SentRequest.message(method, "X-Authorized-Tools: forged"));
            sent.add(SentRequest.message(method, "X-Mcp-Authorized: forged"));
            sent.add(SentRequest.message(method, "Origin: " + ALLOWED_ORIGIN));
            sent.add(SentRequest.message(method, "Origin: " + EVIL_ORIGIN));
            sent.add(SentRequest.message(method, "Accept: application/json"));
            sent.add(SentRequest.message(method, "Accept: text/html"));
            sent.add(SentRequest.message(method, "Content-Type: application/json; charset=utf-8"));
            sent.add(SentRequest.message(method, "Content-Type: application/json; charset=utf-7"));
            sent.add(SentRequest.message(method, "Content-Type: text/plain"));
            sent.add(SentRequest.message(method, "Content-Encoding: gzip"));
            sent.add(SentRequest.message(method, "Mcp-Name: surplus"));
            sent.add(SentRequest.message(method, "Mcp-Name: a", "Mcp-Name: b"));
            sent.add(SentRequest.post("/mcp/team/small", method, ModernClient.body("7", method, "")));
            sent.add(SentRequest.post("/mcp/servers/demo/recorded", method, ModernClient.body("7", method, "")));
            sent.add(SentRequest.post("/mcp/team/nobody", method, ModernClient.body("7", method, "")));
            sent.add(SentRequest.post("/mcp/team/nobody", method, ""));
            sent.add(SentRequest.post("/mcp/short", method, ModernClient.body("7", method, ""))
                    .whichIsAsked());
            sent.add(SentRequest.message(method, "Mcp-Session-Id: forged").whichIsAsked());
        }
        for (String body : List.of(
                "",
                " ",
                "hello",
                "[]",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\"}",
                ModernClient.body("1", "tools/list", "\"cursor\":\"forged\""),
                ModernClient.body("1", "tools/list", "\"cursor\":7"),
                ModernClient.body("1", "tools/list", "").replace("2026-07-28", "2025-11-25"),
                ModernClient.body("1", "tools/list", "").replace("2026-07-28", "2027-01-01"),
                ModernClient.body("1", "tools/list", "").replace("clientCapabilities", "x"),
                ModernClient.body("1", "tools/list", "\"pad\":\"" + "x".repeat(1_000_000) + "\""),
                ModernClient.body("1", "tools/list", "\"pad\":\"" + "x".repeat(6_000_000) + "\""),
                ModernClient.body("1", "tools/list", "\"pad\":\"" + "x".repeat(9_000_000) + "\""))) {
            sent.add(SentRequest.post("/mcp", "tools/list", body));
        }
        return sent.stream();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theAnswerIsTheSameAsWithTheExchange(SentRequest sent) throws IOException {
        long before = counters.routerExchanges();
        Reply without = sent.to(gateway.port(), "127.0.0.1");
        long between = counters.routerExchanges();
        Reply with = sent.to(gateway.port(), "localhost");

        assertThat(SentRequest.comparable(without)).isEqualTo(SentRequest.comparable(with));
        assertThat(without.body()).isEqualTo(with.body());
        // A body that the first filter refuses reaches no other filter.
        boolean tooLarge = sent.body().length() > 8 * 1024 * 1024;
        assertThat(between - before).isEqualTo(sent.asked() && !tooLarge ? 1 : 0);
        assertThat(counters.routerExchanges() - between).isEqualTo(tooLarge ? 0 : 1);
        assertThat(recording.calls()).isEmpty();
    }

    /** Streams, and the end of a session. */
    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/mcp/team/small"})
    void sessionsAreFollowedAndEndedWithoutTheExchange(String path) throws IOException {
        try (McpClient client = McpClient.connect(gateway.url().resolve(path))) {
            long before = counters.routerExchanges();
            HttpResponse<Stream<String>> heard = client.listen(Map.of());
            try (Stream<String> lines = heard.body()) {
                assertThat(heard.statusCode()).isEqualTo(200);
                Iterator<String> line = lines.iterator();
                assertThat(line.next()).isEqualTo(": open");
                assertThat(client.send("DELETE", Map.of()).status()).isEqualTo(200);
                // The stream ends with its session.
                line.forEachRemaining(last -> assertThat(last).doesNotStartWith("data:"));
            }
            assertThat(client.send("DELETE", Map.of()).status()).isEqualTo(404);
            assertThat(counters.routerExchanges()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',0", "Bearer x,1"})
    void aSubscriptionIsOpenedTheSameWay(String credential, long exchanges) throws IOException {
        Map<String, String> headers = credential.isEmpty() ? Map.of() : Map.of("Authorization", credential);
        List<String> first = new ArrayList<>();
        long before = counters.routerExchanges();
        for (String host : List.of("127.0.0.1", "localhost")) {
            URI url = URI.create("http://" + host + ":" + gateway.port() + "/mcp");
            try (ModernClient client = ModernClient.of(url);
                    Stream<String> lines =
                            client.listen("\"toolsListChanged\":true", headers).body()) {
                first.add(lines.filter(line -> line.startsWith("data:"))
                        .findFirst()
                        .orElseThrow());
            }
        }
        assertThat(first.getFirst()).contains("acknowledged").isEqualTo(first.getLast());
        assertThat(counters.routerExchanges() - before).isEqualTo(exchanges + 1);
    }

    /** What comes after our filters is told the same; Envoy's log shows the request as it goes to the broker. */
    @Test
    void policiesSeeTheSame() throws IOException {
        for (String host : List.of("127.0.0.1", "localhost")) {
            for (String method : LISTS) {
                SentRequest.message(method).to(gateway.port(), host);
            }
        }
        await("Envoy's log").atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            String log = Files.readString(gateway.envoyFolder().resolveSibling("envoy.log"), StandardCharsets.UTF_8);
            for (String method : LISTS) {
                String told = " mcp=" + method + " server=mcpBroker tool=- status=200 ";
                assertThat(log.lines().filter(line -> line.contains(told) && line.contains("host=127.0.0.1:")))
                        .isNotEmpty();
                assertThat(log.lines().filter(line -> line.contains(told) && line.contains("host=127.0.0.1 ")))
                        .isNotEmpty();
            }
        });
    }
}
