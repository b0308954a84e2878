package io.mcpgateway.broker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.client.FakeMcpServer.Behaviour;
import io.mcpgateway.broker.client.OpenOutcome.Opened;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class McpListenTest {
    private final McpHttpClient client = new McpHttpClient();
    private final List<String> notifications = new CopyOnWriteArrayList<>();
    private FakeMcpServer server;

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void listeningHearsNotificationsUntilTheStreamCloses() throws Exception {
        server.watchable();
        McpConnection connection = opened();
        AtomicInteger opens = new AtomicInteger();
        AtomicReference<ListenOutcome> outcome = new AtomicReference<>();
        Thread listener = Thread.ofVirtual().start(() -> {
            try {
                outcome.set(connection.listen(opens::incrementAndGet));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        await().until(() -> server.openStreams() == 1);

        server.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        await().until(() -> notifications.contains("notifications/tools/list_changed"));
        server.push("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\"}");
        await().until(() -> server.received().getLast().body().equals("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}"));
        server.dropStreams();

        assertThat(listener.join(Duration.ofSeconds(5))).isTrue();
        assertThat(outcome.get()).isEqualTo(new ListenOutcome.Closed());
        assertThat(opens).hasValue(1);
        assertThat(server.received().stream().filter(request -> request.http().equals("GET")))
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).containsEntry("Accept", "text/event-stream"));
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 404, 400, 501})
    void refusedGetOrServerErrorIsTold(int status) throws InterruptedException {
        Behaviour refuse = (_, exchange, request) -> {
            if (request.http().equals("GET")) {
                FakeMcpServer.send(exchange, status, "text/plain", "");
            }
            return request.http().equals("GET");
        };
        server.behave(refuse);

        ListenOutcome expected = status < 500
                ? new ListenOutcome.NotOffered()
                : new ListenOutcome.Failed(new McpOutcome.HttpFailure(status));
        assertThat(opened().listen(() -> {})).isEqualTo(expected);
    }

    private McpConnection opened() throws InterruptedException {
        McpTarget target = new McpTarget(server.url(), Map::of, HttpLimits.DEFAULT);
        return ((Opened) client.open(target, InitializeParams.latest("mcp-broker"), notifications::add)).connection();
    }
}
