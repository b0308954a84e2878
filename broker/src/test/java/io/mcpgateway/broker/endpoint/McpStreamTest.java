package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class McpStreamTest {
    private static final String CHANGED = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofMillis(50), 6);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aStreamStartsAtOnceAndShowsSignsOfLife() throws Exception {
        try (RawClient stream = fixture.stream(fixture.initialize())) {
            assertThat(stream.head())
                    .contains(
                            "HTTP/1.1 200 OK",
                            "Content-Type: text/event-stream",
                            "Cache-Control: no-cache",
                            "X-Accel-Buffering: no");
            assertThat(stream.lineStarting(": open")).isEqualTo(": open");
            assertThat(stream.lineStarting(": heartbeat")).isEqualTo(": heartbeat");
        }
    }

    @Test
    void aStreamIsNotToldOfToolsThatItsClientMayNotSee() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha");
        String signed = SignedHeaders.tools("{\"ns/one\":[\"alpha\"]}");
        try (RawClient stream = fixture.stream(fixture.initialize(), "X-Authorized-Tools: " + signed + "\n")) {
            stream.lineStarting(": open");
            fixture.report(EndpointFixture.ONE, "alpha", "beta");
            List<String> seen = new ArrayList<>();
            while (seen.stream().filter(line -> line.equals(": heartbeat")).count() < 3) {
                seen.add(stream.line());
            }
            assertThat(seen).doesNotContain(CHANGED);

            fixture.report(EndpointFixture.ONE, "beta");
            assertThat(stream.lineStarting("data:")).isEqualTo(CHANGED);
        }
    }

    @Test
    void onlyStreamsWhoseToolsChangedAreTold() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha");
        try (RawClient all = fixture.stream(fixture.initialize());
                RawClient one = fixture.stream(fixture.initialize("X-Mcp-Virtualserver", "ns/vs"))) {
            all.lineStarting(": open");
            one.lineStarting(": open");
            fixture.report(EndpointFixture.ONE, "alpha", "beta");

            assertThat(all.lineStarting("data:")).isEqualTo(CHANGED);
            all.lineStarting(": heartbeat");
            List<String> seen = new ArrayList<>();
            while (seen.stream().filter(line -> line.equals(": heartbeat")).count() < 3) {
                seen.add(one.line());
            }
            assertThat(seen).doesNotContain(CHANGED);

            fixture.report(EndpointFixture.ONE);
            assertThat(one.lineStarting("data:")).isEqualTo(CHANGED);
        }
    }

    @Test
    void aNewConfigurationWithTheSameToolsTellsNobody() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha");
        try (RawClient stream = fixture.stream(fixture.initialize())) {
            stream.lineStarting(": open");
            fixture.configure();

            List<String> seen = new ArrayList<>();
            while (seen.stream().filter(line -> line.equals(": heartbeat")).count() < 3) {
                seen.add(stream.line());
            }
            assertThat(seen).doesNotContain(CHANGED);
        }
    }

    @Test
    void whatServersSayReachesTheStreamUntilItEnds() throws Exception {
        String message = "{\"jsonrpc\":\"2.0\",\"id\":1e3, \"method\":\"roots/list\"}";
        String token = fixture.initialize();
        try (RawClient stream = fixture.stream(token)) {
            stream.lineStarting(": open");
            await().until(() -> fixture.backends.listeners.size() == 1);
            ServerLink.Messages messages = fixture.backends.listeners.getFirst();

            assertThat(messages.offer(RawJson.of(message))).isTrue();
            assertThat(stream.lineStarting("data:")).isEqualTo("data: " + message);
            fixture.send("DELETE", "/mcp", "Mcp-Session-Id", token);

            await().until(fixture.backends.listeners::isEmpty);
            assertThat(messages.offer(RawJson.of(message))).isFalse();
        }
    }

    @Test
    void aStreamEndsWithTheAnswerThatItsClientCameBackFor() throws Exception {
        String notice = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}";
        String answer = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}";
        try (RawClient stream = fixture.stream(fixture.initialize(), "Last-Event-ID: e-1\n")) {
            stream.lineStarting(": open");
            await().until(() -> fixture.backends.listeners.size() == 1);
            ServerLink.Messages messages = fixture.backends.listeners.getFirst();

            assertThat(messages.offer(RawJson.of(notice))).isTrue();
            assertThat(messages.conclude(RawJson.of(answer))).isTrue();

            assertThat(messages.offer(RawJson.of(notice))).isFalse();
            assertThat(stream.lineStarting("data:")).isEqualTo("data: " + notice);
            assertThat(stream.lineStarting("data:")).isEqualTo("data: " + answer);
            assertThat(stream.lineStarting("0")).isEqualTo("0");
            await().until(() -> fixture.streams.size() == 0);
        }
    }

    @Test
    void deleteEndsTheStreamsOfItsSessionOnly() throws Exception {
        String token = fixture.initialize();
        try (RawClient ending = fixture.stream(token);
                RawClient staying = fixture.stream(fixture.initialize())) {
            ending.lineStarting(": open");
            staying.lineStarting(": open");
            fixture.send("DELETE", "/mcp", "Mcp-Session-Id", token);

            await().until(() -> fixture.streams.size() == 1);
            assertThat(ending.lineStarting("0")).isEqualTo("0");
            assertThat(staying.lineStarting(": heartbeat")).isEqualTo(": heartbeat");
        }
    }

    @Test
    void aStreamEndsWithItsSession() throws Exception {
        try (RawClient stream = fixture.stream(fixture.initialize())) {
            stream.lineStarting(": open");
            fixture.clock.advance(EndpointFixture.SESSION_LENGTH);

            await().until(() -> fixture.streams.size() == 0);
        }
    }

    @Test
    void aClientThatLeftFreesItsPlace() throws Exception {
        try (RawClient stream = fixture.stream(fixture.initialize())) {
            stream.lineStarting(": open");
            assertThat(fixture.streams.size()).isEqualTo(1);
        }

        await().until(() -> fixture.streams.size() == 0);
    }

    @Test
    void streamsAreLimitedPerSessionAndInAll() throws Exception {
        String token = fixture.initialize();
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int count = 0; count < 4; count++) {
                clients.add(fixture.stream(token));
                clients.getLast().lineStarting(": open");
            }
            assertThat(get(token)).isEqualTo(429);
            for (int count = 0; count < 2; count++) {
                clients.add(fixture.stream(fixture.initialize()));
                clients.getLast().lineStarting(": open");
            }
            assertThat(get(fixture.initialize())).isEqualTo(503);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aStreamThatAsksForEarlierEventsIsAnOrdinaryOneWithoutThem() throws Exception {
        try (RawClient stream = fixture.stream(fixture.initialize(), "Last-Event-ID: e-1\n")) {
            assertThat(stream.head()).contains("HTTP/1.1 200 OK");
            assertThat(stream.lineStarting(": open")).isEqualTo(": open");
            List<String> seen = new ArrayList<>();
            while (seen.stream().filter(line -> line.equals(": heartbeat")).count() < 2) {
                seen.add(stream.line());
            }
            assertThat(seen).noneMatch(line -> line.startsWith("data:") || line.startsWith("id:"));
        }
    }

    @Test
    void onlyAValidSessionThatAcceptsEventsGetsAStream() throws Exception {
        String token = fixture.initialize();

        assertThat(get("forged")).isEqualTo(404);
        assertThat(fixture.send("GET", "/mcp", "Accept", "text/event-stream").statusCode())
                .isEqualTo(400);
        assertThat(fixture.send("GET", "/mcp", "Mcp-Session-Id", token).statusCode())
                .isEqualTo(406);
        assertThat(fixture.send("GET", "/mcp", "Mcp-Session-Id", token, "Accept", "application/json")
                        .statusCode())
                .isEqualTo(406);
        assertThat(fixture.streams.size()).isZero();
    }

    @Test
    void shutdownEndsStreamsCleanlyAndOpensNoMore() throws Exception {
        String token = fixture.initialize();
        try (RawClient stream = fixture.stream(token)) {
            stream.lineStarting(": open");
            fixture.streams.closeAll();

            assertThat(stream.lineStarting("0")).isEqualTo("0");
            assertThat(get(token)).isEqualTo(503);
        }
    }

    private int get(String token) throws Exception {
        return fixture.send("GET", "/mcp", "Mcp-Session-Id", token, "Accept", "text/event-stream")
                .statusCode();
    }
}
