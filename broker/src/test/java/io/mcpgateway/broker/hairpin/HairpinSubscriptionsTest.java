package io.mcpgateway.broker.hairpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityCatalog;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.modern.ModernClient;
import io.mcpgateway.broker.client.modern.ModernServer;
import io.mcpgateway.broker.endpoint.modern.ResourceUpdate;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.endpoint.modern.ServerUpdate;
import io.mcpgateway.broker.endpoint.modern.TaskUpdate;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.network.Backoff;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.tasks.ServerTask;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fake server stands for the gateway listener together with the server behind it. */
@Timeout(60)
class HairpinSubscriptionsTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ServerRoute ONE = route(ServerEras.modern(ProtocolVersions.MODERN.getLast()));
    private static final ServerRoute AGED = route(ServerEras.legacy(ProtocolVersions.LATEST, true));
    private static final RequestHeaders CLIENT = RequestHeaders.of(Map.of(
            "authorization", List.of("Bearer of-the-user"),
            "mcp-session-id", List.of("x"),
            "mcp-method", List.of("subscriptions/listen"),
            "x-mcp-virtualserver", List.of("ns/vs")));

    private final McpHttpClient client = new McpHttpClient();
    private final ModernServer behaviour = new ModernServer();
    private final Semaphore room = new Semaphore(1);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile RouteTable table = RouteTable.of(CapabilityCatalog.EMPTY, List.of(ONE), List.of());
    private FakeMcpServer gateway;
    private HairpinSubscriptions subscriptions;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    HairpinSubscriptionsTest() {}

    @BeforeEach
    void start() throws IOException {
        gateway = FakeMcpServer.start().behave(behaviour);
        ServerAccess access = new ServerAccess(
                client,
                HairpinSettings.of(URI.create("http://127.0.0.1:" + gateway.port()), "localhost"),
                RouterTokens.withKey(KEY),
                () -> UUID.randomUUID().toString(),
                () -> table,
                InstantSource.system());
        subscriptions = new HairpinSubscriptions(new HairpinSubscriptions.Parts(
                access,
                new ModernClient(client),
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)),
                new SubscriptionRoom(room)));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void theServerIsAskedThroughTheGatewayInThePlaceOfTheClient() throws Exception {
        try (ServerSubscriptions.Listening listening = listen("a", "b")) {
            assertThat(listening.honoured(PATIENCE)).containsExactlyInAnyOrder("a", "b");

            assertThat(gateway.received()).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("/mcp");
                assertThat(request.body())
                        .contains(
                                "\"notifications\":{\"resourceSubscriptions\":[\"a\",\"b\"]}",
                                "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"c\",\"version\":\"9\"}",
                                "\"io.modelcontextprotocol/clientCapabilities\":{\"roots\":{}}");
                assertThat(request.headers())
                        .containsEntry("mcp-init-host", "one.mcp.local")
                        .containsEntry("authorization", "Bearer of-the-user")
                        .containsEntry("mcp-method", "subscriptions/listen")
                        .containsEntry("mcp-protocol-version", "2026-07-28")
                        .containsEntry("x-mcp-method", "subscriptions/listen")
                        .containsEntry("x-mcp-servername", "ns/one")
                        .containsKey("router-key")
                        .doesNotContainKeys("mcp-session-id", "x-mcp-virtualserver", "x-mcp-session-affinity");
            });
        }
    }

    @Test
    void whatTheServerSaysReachesTheClientUntilItLeaves() throws Exception {
        ServerSubscriptions.Listening listening = listen("a");
        listening.honoured(PATIENCE);
        await().until(() -> behaviour.openSubscriptions() == 1);

        behaviour.updated("a");
        behaviour.push("notifications/tools/list_changed");
        behaviour.updated("a/b");
        await().until(() -> told.size() == 2);
        assertThat(told).containsExactly("a", "a/b");

        listening.close();
        await().until(() -> room.availablePermits() == 1);
    }

    @Test
    void afterAGapEverythingCountsAsChanged() throws Exception {
        try (ServerSubscriptions.Listening listening = listen("a", "b")) {
            listening.honoured(PATIENCE);
            await().until(() -> behaviour.openSubscriptions() == 1);

            behaviour.endSubscriptions();

            await().until(() -> told.size() == 2);
            assertThat(told).containsExactlyInAnyOrder("a", "b");
            await().until(() -> behaviour.openSubscriptions() == 1);
        }
    }

    @Test
    void ofTasksTheStateIsAskedForAfterAGap() throws Exception {
        ServerTask task = new ServerTask(ONE.key(), "alpha", "t-1");
        behaviour.result(
                "tasks/get",
                "{\"resultType\":\"complete\",\"taskId\":\"t-1\",\"status\":\"completed\",\"result\":{\"n\":1.0}}");
        ServerSubscriptions.Wish wish =
                new ServerSubscriptions.Wish(CLIENT, wish("a").meta(), ONE, List.of(), List.of(task));
        try (ServerSubscriptions.Listening listening = subscriptions.listen(wish, this::tell)) {
            assertThat(listening.honoured(PATIENCE)).containsExactly("t-1");
            await().until(() -> behaviour.openSubscriptions() == 1);
            assertThat(gateway.received().getFirst().body()).contains("\"notifications\":{\"taskIds\":[\"t-1\"]}");

            behaviour.taskChanged("{\"taskId\":\"t-1\",\"status\":\"working\"}");
            await().until(() -> told.size() == 1);
            behaviour.endSubscriptions();
            await().until(() -> told.size() == 2);

            assertThat(told)
                    .containsExactly(
                            "t-1 ,\"status\":\"working\"", "t-1 ,\"status\":\"completed\",\"result\":{\"n\":1.0}");
            assertThat(gateway.received())
                    .filteredOn(request -> request.method().equals("tasks/get"))
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers())
                            .containsEntry("mcp-name", "t-1")
                            .containsEntry("authorization", "Bearer of-the-user")
                            .containsEntry("x-mcp-method", "tasks/get")
                            .containsEntry("x-mcp-toolname", "alpha"));
        }
    }

    @Test
    void aServerThatDoesNotKnowSubscriptionsIsAskedOnce() throws Exception {
        gateway.behave(new ModernServer().versions("2027-01-01"));

        try (ServerSubscriptions.Listening listening = listen("a")) {
            assertThat(listening.honoured(PATIENCE)).isEmpty();
            await().until(() -> room.availablePermits() == 1);
            assertThat(gateway.received()).hasSize(1);
        }
    }

    @Test
    void aServerThatNoLongerSpeaksAModernRevisionIsNotAskedAgain() throws Exception {
        try (ServerSubscriptions.Listening listening = listen("a")) {
            listening.honoured(PATIENCE);
            await().until(() -> behaviour.openSubscriptions() == 1);
            table = RouteTable.of(CapabilityCatalog.EMPTY, List.of(AGED), List.of());

            behaviour.endSubscriptions();

            await().until(() -> room.availablePermits() == 1);
            assertThat(gateway.received()).hasSize(1);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void whereThereIsNoRoomNothingIsHonoured() throws Exception {
        room.drainPermits();

        try (ServerSubscriptions.Listening listening = listen("a")) {
            assertThat(listening.honoured(PATIENCE)).isEmpty();
        }
        assertThat(gateway.received()).isEmpty();
    }

    @Test
    void aClientThatIsGoneEndsTheSubscription() throws Exception {
        ServerSubscriptions.Listening listening = subscriptions.listen(wish("a"), _ -> false);
        listening.honoured(PATIENCE);
        await().until(() -> behaviour.openSubscriptions() == 1);

        behaviour.updated("a");

        await().until(() -> room.availablePermits() == 1);
    }

    private ServerSubscriptions.Listening listen(String... uris) {
        return subscriptions.listen(wish(uris), this::tell);
    }

    private boolean tell(ServerUpdate update) {
        return told.add(
                switch (update) {
                    case ResourceUpdate resource -> resource.uri();
                    case TaskUpdate task -> task.id() + " " + task.params();
                });
    }

    private static ServerSubscriptions.Wish wish(String... uris) {
        JsonRpcMessage.Meta meta = new JsonRpcMessage.Meta(
                Optional.of("2026-07-28"),
                Optional.of(RawJson.of("{\"roots\":{}}")),
                Optional.of(RawJson.of("{\"name\":\"c\",\"version\":\"9\"}")),
                Optional.empty());
        return new ServerSubscriptions.Wish(CLIENT, meta, ONE, List.of(uris));
    }

    private static ServerRoute route(ServerEras eras) {
        URI url = URI.create("http://one.internal:8080/mcp");
        return new ServerRoute(
                new ServerName("ns/one"),
                "one.mcp.local",
                "/mcp",
                url,
                new CallAuthorization.None(),
                Optional.empty(),
                AnonymousSessions.PER_CALL,
                eras,
                ServerKey.of("ns/one", url));
    }
}
