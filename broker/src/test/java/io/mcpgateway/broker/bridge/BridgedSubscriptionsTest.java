package io.mcpgateway.broker.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.bridge.LegacyClient.Call;
import io.mcpgateway.broker.client.FakeMcpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A legacy client's subscriptions to resources of a server that only has {@code subscriptions/listen}. */
class BridgedSubscriptionsTest extends BridgedPath {
    private final List<OutputStream> listeners = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listenable() {
        server.behave((_, exchange, request) -> {
            if (!request.method().equals("subscriptions/listen")) {
                return false;
            }
            OutputStream out = stream(exchange);
            event(
                    out,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{\"_meta\":"
                            + "{\"io.modelcontextprotocol/subscriptionId\":1},\"notifications\":{\"resourceSubscriptions\":"
                            + "[\"file:///a\"]}}}");
            listeners.add(out);
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changesReachTheClientsStreamWhicheverComesFirst(boolean streamFirst) throws Exception {
        try (LegacyClient client = LegacyClient.connect(replica.url(), "\"roots\":{}")) {
            Optional<Call> early = streamFirst ? Optional.of(client.listen()) : Optional.empty();
            assertThat(client.post(request("resources/subscribe", "file:///a")).body())
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}");
            Call stream = early.isPresent() ? early.get() : client.listen();
            await().until(() -> listeners.size() == 1);
            update("file:///a");

            assertThat(stream.next("updated"))
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":"
                            + "{\"_meta\":{\"k\":1.0},\"uri\":\"file:///a\"}}");
        }
        assertThat(server.received().stream()
                        .filter(request -> request.method().equals("subscriptions/listen"))
                        .map(FakeMcpServer.Received::body))
                .singleElement()
                .asString()
                .contains("\"resourceSubscriptions\":[\"file:///a\"]", "\"roots\":{}");
    }

    @Test
    void theServersStreamEndsWithTheSubscription() throws Exception {
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            client.listen();
            client.post(request("resources/subscribe", "file:///a"));
            await().until(() -> listeners.size() == 1);
            client.post(request("resources/unsubscribe", "file:///a"));

            await().until(this::nobodyReads);
        }
    }

    @Test
    void aResourceThatIsNotVisibleCannotBeWatched() throws Exception {
        try (LegacyClient client = LegacyClient.connect(replica.url(), "")) {
            assertThat(client.post(request("resources/subscribe", "file:///none"))
                            .body())
                    .contains("-32002");
        }
    }

    private void update(String uri) throws IOException {
        event(
                listeners.getFirst(),
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"_meta\":"
                        + "{\"io.modelcontextprotocol/subscriptionId\":1,\"k\":1.0},\"uri\":\"" + uri + "\"}}");
    }

    private boolean nobodyReads() {
        try {
            update("file:///a");
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    private static String request(String method, String uri) {
        return "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"" + method + "\",\"params\":{\"uri\":\"" + uri + "\"}}";
    }
}
