package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.EnvoyCounters;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads that would lead a request past the router if a real Envoy and the broker believed them. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnvoyForgedHeadTest {
    private final Closer closer = new Closer();
    private RecordingBackend recording;
    private TestGateway gateway;
    private EnvoyCounters counters;

    @SuppressWarnings("NullAway.Init") // JUnit calls startEverything before anything else.
    EnvoyForgedHeadTest() {}

    @BeforeAll
    void startEverything() throws IOException {
        Front.ENVOY.envoy();
        recording = closer.keep(RecordingBackend.start("echo"));
        gateway = closer.keep(TestGateway.start(Front.ENVOY, List.of(ServerEntry.of("recorded", recording.url()))));
        gateway.awaitTools("the server's tool", List.of("recorded_echo")::equals);
        counters = new EnvoyCounters(gateway.running().ports().envoyAdmin());
        recording.forgetRequests();
    }

    @AfterAll
    void stopEverything() {
        closer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-mcp-method",
                "x-mcp-servername",
                "x-mcp-toolname",
                "x-mcp-promptname",
                "x-mcp-resourceuri",
                "x-mcp-annotation-hints",
                "x-mcp-client-features",
                "x-mcp-upstream-authorization",
                "x-mcp-caller",
                "x-mcp-session-affinity",
                "x-mcp-path",
                "x-mcp-forwarded",
                "x-mcp-not-as-caller",
                "router-key",
                "mcp-init-host"
            })
    void aForgedHeaderMakesEnvoyAskTheRouterWhichRemovesIt(String header) throws IOException {
        for (String value : List.of("demo/recorded", "tools/call", "-", "recorded.mcp.local", "1", "")) {
            for (SentRequest sent : List.of(
                    SentRequest.message("tools/list", header + ": " + value),
                    SentRequest.post(
                            "/mcp/team/small",
                            "tools/list",
                            ModernClient.body("1", "tools/list", ""),
                            header + ": " + value),
                    SentRequest.withoutMessage("GET /mcp", "Accept: text/event-stream", header + ": " + value),
                    SentRequest.withoutMessage("DELETE /mcp", header + ": " + value))) {
                long before = counters.routerExchanges();
                Reply forged = sent.to(gateway.port(), "127.0.0.1");

                assertThat(counters.routerExchanges() - before).isEqualTo(1);
                if (header.equals("mcp-init-host")) {
                    assertThat(forged.status()).isEqualTo(403);
                } else {
                    Reply honest = sent.without(header).to(gateway.port(), "127.0.0.1");
                    assertThat(SentRequest.comparable(forged)).isEqualTo(SentRequest.comparable(honest));
                    assertThat(forged.body()).isEqualTo(honest.body());
                }
            }
        }
        assertThat(recording.calls()).isEmpty();
    }

    static Stream<String> otherMessages() {
        return Stream.of(
                        "tools/call",
                        "prompts/get",
                        "resources/read",
                        "resources/subscribe",
                        "resources/unsubscribe",
                        "completion/complete",
                        "tasks/get",
                        "tasks/update",
                        "tasks/cancel",
                        "initialize",
                        "ping",
                        "logging/setLevel",
                        "prompts/list",
                        "no/such")
                .flatMap(method -> Stream.of(
                        ModernClient.body("1", method, "\"name\":\"recorded_echo\",\"arguments\":{}"),
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method
                                + "\",\"params\":{\"name\":\"recorded_echo\"}}",
                        "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{\"name\":\"recorded_echo\"}}"));
    }

    /** The head says that it is a list. */
    @ParameterizedTest
    @MethodSource("otherMessages")
    @ValueSource(strings = {"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"})
    void aMessageOfAnotherMethodIsRefused(String body) throws IOException {
        SentRequest sent = SentRequest.post("/mcp", "tools/list", body);
        long before = counters.routerExchanges();

        Reply without = sent.to(gateway.port(), "127.0.0.1");
        assertThat(counters.routerExchanges()).isEqualTo(before);
        Reply with = sent.to(gateway.port(), "localhost");

        assertThat(without.status()).as("%s", without).isBetween(400, 404);
        assertThat(without.json().at("/error/code").isInt()).as("%s", without).isTrue();
        assertThat(without.header("mcp-session-id")).isEmpty();
        assertThat(with.status()).as("%s", with).isBetween(400, 404);
        if (body.contains("\"id\":1,\"method\"")) {
            assertThat(without.body()).isEqualTo(with.body());
        }
        assertThat(recording.calls()).isEmpty();
    }
}
