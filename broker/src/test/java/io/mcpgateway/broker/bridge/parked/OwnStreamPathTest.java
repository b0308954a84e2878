package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.bridge.watching.LegacySubscriptions;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.endpoint.modern.ResourceUpdate;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.endpoint.modern.ServerUpdate;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a legacy server says on the stream of its session, outside of its answers to calls. */
class OwnStreamPathTest extends LegacyServerPath {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<String> updated = new CopyOnWriteArrayList<>();

    @BeforeEach
    void offer() {
        server.watchable();
    }

    @Test
    void whatAServerAsksThereIsAskedForTheOnlyCall() throws Exception {
        asking.does(talk -> {
            server.push("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"roots/list\"}");
            talk.result("{\"content\":[],\"structuredContent\":" + talk.reply() + "}");
        });
        client = client.as(ALICE, "\"roots\":{}");
        HttpResponse<String> asked = client.deploy();
        assertThat(asked.body()).contains("\"inputRequests\":{\"q1\":{\"method\":\"roots/list\",\"params\":{}}}");
        HttpResponse<String> answer = client.deploy(responses(state(asked), "\"q1\":{\"roots\":[]}"));

        assertThat(answer.body()).contains("{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{\"roots\":[]}}");
        assertThat(calls()).isEqualTo(1);
        assertThat(server.countHttp("GET")).isEqualTo(1);
    }

    @Test
    void whatBelongsToNoCallIsDeclined() throws Exception {
        client.deploy();
        server.push("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"elicitation/create\",\"params\":{}}");
        server.push("{\"jsonrpc\":\"2.0\",\"id\":10,\"method\":\"ping\"}");

        await().untilAsserted(() -> assertThat(replies())
                .containsExactly(
                        "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{\"action\":\"decline\"}}",
                        "{\"jsonrpc\":\"2.0\",\"id\":10,\"result\":{}}"));
    }

    @Test
    void whatMayBelongToAnyOfSeveralCallsIsDeclined() throws Exception {
        asking.does(AskingServer.Talk::hang);
        CompletableFuture<HttpResponse<String>> first = client.later("tools/call", ModernClient.DEPLOY, "");
        CompletableFuture<HttpResponse<String>> second = client.later("tools/call", ModernClient.DEPLOY, "");
        await().until(() -> calls() == 2);
        server.push("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"elicitation/create\",\"params\":{}}");

        await().untilAsserted(
                        () -> assertThat(replies()).singleElement().asString().contains("decline"));
        first.cancel(true);
        second.cancel(true);
    }

    @Test
    void aStreamThatEndsIsTakenUpAfterItsLastEvent() throws Exception {
        PollableServer pollable = new PollableServer(asking);
        server.behave(pollable);
        pollable.then("retry: 300\n" + PollableServer.event("s1", "\"id\":9,\"method\":\"ping\""))
                .then(PollableServer.event("s2", "\"id\":10,\"method\":\"ping\""))
                // The server has forgotten this event, but not its stream.
                .thenStatus(400);
        asking.does(talk -> {
            await().atMost(SOON).until(() -> server.countHttp("GET") == 4);
            talk.done();
        });

        assertThat(client.deploy().body()).contains("done");
        assertThat(PollableServer.resumedFrom(server)).containsExactly("-", "s1", "s2", "-");
        assertThat(replies()).hasSize(2);
    }

    @Test
    void aClientThatCannotBeAskedNeedsNoStream() throws Exception {
        client.as(ALICE, "").deploy();

        assertThat(server.countHttp("GET")).isZero();
    }

    @Test
    void changesOfResourcesAreToldToWhoeverSubscribed() throws Exception {
        ServerSubscriptions subscriptions = new LegacySubscriptions(broker.access, broker.pool);
        try (ServerSubscriptions.Listening listening = subscriptions.listen(wish("file:///a"), this::updated)) {
            assertThat(listening.honoured(SOON)).containsExactly("file:///a");
            push("file:///a");
            push("file:///b");
            push("file:///a/part");

            await().untilAsserted(() -> assertThat(updated).containsExactly("file:///a", "file:///a/part"));
            assertThat(server.count("resources/subscribe")).isEqualTo(1);
        }
        await().until(() -> server.count("resources/unsubscribe") == 1);
        client.deploy();
        assertThat(server.count("initialize")).as("one session for both").isEqualTo(1);
    }

    @Test
    void theServerIsToldOnceForSeveralSubscriptions() throws Exception {
        ServerSubscriptions subscriptions = new LegacySubscriptions(broker.access, broker.pool);
        ServerSubscriptions.Listening first = subscriptions.listen(wish("file:///a"), this::updated);
        first.honoured(SOON);
        ServerSubscriptions.Listening second = subscriptions.listen(wish("file:///a"), this::updated);
        assertThat(second.honoured(SOON)).containsExactly("file:///a");
        first.close();
        push("file:///a");

        await().untilAsserted(() -> assertThat(updated).isNotEmpty());
        assertThat(server.count("resources/subscribe")).isEqualTo(1);
        assertThat(server.count("resources/unsubscribe")).isZero();
        second.close();
        await().until(() -> server.count("resources/unsubscribe") == 1);
    }

    @Test
    void aSessionThatIsLostIsReplacedAndEverythingCountsAsChanged() throws Exception {
        ServerSubscriptions subscriptions = new LegacySubscriptions(broker.access, broker.pool);
        try (ServerSubscriptions.Listening listening = subscriptions.listen(wish("file:///a"), this::updated)) {
            listening.honoured(SOON);
            server.sessionId("backend-2").behave((_, exchange, request) -> {
                boolean lost = "backend-1".equals(request.headers().get("mcp-session-id"));
                if (lost) {
                    FakeMcpServer.send(exchange, 404, "text/plain", "");
                }
                return lost || asking.answer(server, exchange, request);
            });
            server.dropStreams();

            await().atMost(SOON).untilAsserted(() -> assertThat(updated).containsExactly("file:///a"));
            assertThat(server.count("resources/subscribe")).isEqualTo(2);
        }
    }

    @Test
    void aServerWithoutSuchAStreamTellsOfNothing() throws Exception {
        server.close();
        server = FakeMcpServer.start().behave(asking);
        broker.close();
        broker = new ParkingBroker(server, now::get);
        ServerSubscriptions subscriptions = new LegacySubscriptions(broker.access, broker.pool);

        assertThat(subscriptions.listen(wish("file:///a"), this::updated).honoured(SOON))
                .isEmpty();
    }

    private boolean updated(ServerUpdate update) {
        updated.add(((ResourceUpdate) update).uri());
        return true;
    }

    private void push(String uri) throws IOException {
        server.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"" + uri
                + "\"}}");
    }

    private ServerSubscriptions.Wish wish(String uri) {
        JsonRpcMessage.Meta meta = new JsonRpcMessage.Meta(
                Optional.of("2026-07-28"),
                Optional.of(RawJson.of("{" + ELICITATION + "}")),
                Optional.empty(),
                Optional.empty());
        return new ServerSubscriptions.Wish(
                RequestHeaders.of(Map.of("authorization", List.of(ALICE))), meta, broker.server(), List.of(uri));
    }
}
