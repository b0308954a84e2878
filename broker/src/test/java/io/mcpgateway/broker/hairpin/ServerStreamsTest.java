package io.mcpgateway.broker.hairpin;

import static io.mcpgateway.broker.hairpin.Exchange.route;
import static io.mcpgateway.broker.hairpin.Exchange.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.catalog.CapabilityCatalog;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.endpoint.ServerLink.Listening;
import io.mcpgateway.broker.endpoint.ServerLink.Messages;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.network.Backoff;
import io.mcpgateway.broker.router.RequestOrigin;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fake server stands for the gateway listener together with the backends behind it. */
@Timeout(60)
class ServerStreamsTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final ServerRoute ONE = route("one", "/mcp");
    private static final ServerRoute TWO = route("two", "/two");
    private static final ServerSession A = new ServerSession(Optional.of("a"), "2025-06-18");
    private static final ServerSession B = new ServerSession(Optional.of("b"), "2025-11-25");
    private static final RequestHeaders CLIENT = RequestHeaders.of(Map.of(
            "authorization", List.of("Bearer of-the-user"), "last-event-id", List.of("7"), "accept", List.of("x")));

    private final ServerRequestIds ids = ServerRequestIds.withKey(KEY);
    private final SessionStore store = new InMemorySessionStore(100, InstantSource.system());
    private final McpHttpClient client = new McpHttpClient();
    private final List<RawJson> heard = new CopyOnWriteArrayList<>();
    private final List<RawJson> concluded = new CopyOnWriteArrayList<>();
    private final Semaphore room = new Semaphore(10);
    private volatile Runnable afterLook = () -> {};
    private volatile RouteTable table = RouteTable.of(CapabilityCatalog.EMPTY, List.of(ONE, TWO), List.of());
    private FakeMcpServer gateway;
    private ServerStreams streams;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    ServerStreamsTest() {}

    @BeforeEach
    void start() throws IOException {
        gateway = FakeMcpServer.start().watchable();
        ServerAccess access = new ServerAccess(
                client,
                HairpinSettings.of(URI.create("http://127.0.0.1:" + gateway.port()), "localhost"),
                RouterTokens.withKey(KEY),
                () -> UUID.randomUUID().toString(),
                () -> table,
                InstantSource.system());
        ServerStreams.Timing timing = new ServerStreams.Timing(
                Duration.ofMillis(50), new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)));
        SessionStore looked = (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(), new Class<?>[] {SessionStore.class}, (_, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    if (method.getName().equals("all")) {
                        afterLook.run();
                    }
                    return answer;
                });
        streams = new ServerStreams(
                new ServerStreams.Parts(access, looked, ids, new HairpinSubscriptions(access), timing, room));
    }

    @AfterEach
    void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void aStreamIsOpenedThroughTheGatewayInEachBackendSessionOfTheClient() {
        store.put(session("s1"), ONE.key(), A);
        store.put(session("s2"), TWO.key(), B);

        streams.listen(CLIENT, session("s1"), this::hear);

        await().until(() -> gateway.openStreams() == 1);
        assertThat(gateway.received()).singleElement().satisfies(get -> {
            assertThat(get.http()).isEqualTo("GET");
            assertThat(get.path()).isEqualTo("/mcp");
            assertThat(get.headers())
                    .containsEntry("accept", "text/event-stream")
                    .containsEntry("mcp-session-id", "a")
                    .containsEntry("mcp-protocol-version", "2025-06-18")
                    .containsEntry("mcp-init-host", "one.mcp.local")
                    .containsEntry("authorization", "Bearer of-the-user")
                    .containsKey("router-key")
                    .doesNotContainKey("last-event-id");
        });
    }

    @Test
    void messagesArriveAsTheyAreButForTheIdsOfQuestions() throws Exception {
        store.put(session("s1"), ONE.key(), A);
        streams.listen(CLIENT, session("s1"), this::hear);
        await().until(() -> gateway.openStreams() == 1);

        String log = "{\"jsonrpc\":\"2.0\","
                + " \"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":1.0}}";
        gateway.push(log);
        gateway.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        gateway.push("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}");
        gateway.push("{\"jsonrpc\":\"2.0\",\"id\": 1.0,\"method\":\"roots/list\"}");

        await().until(() -> heard.size() >= 2);
        String id = ids.issue(new RequestOrigin(session("s1").id(), ONE.key(), A), new JsonRpcId("1.0"))
                .orElseThrow();
        assertThat(heard)
                .extracting(RawJson::toString)
                .containsExactly(log, "{\"jsonrpc\":\"2.0\",\"id\": \"" + id + "\",\"method\":\"roots/list\"}");
    }

    @Test
    void aSessionThatIsMadeMeanwhileHasItsStreamBeforeItsFirstCall() throws Exception {
        streams.listen(CLIENT, session("s1"), this::hear);
        SessionStore.Entry entry = new SessionStore.Entry(ONE.key(), A);
        store.put(session("s1"), ONE.key(), A);

        streams.made(session("s1").id(), entry, Duration.ofSeconds(20));

        // Once, although the look into the store finds it too.
        gateway.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");
        await().until(() -> heard.size() == 1);
        assertThat(gateway.countHttp("GET")).isEqualTo(1);
    }

    @Test
    void aSessionThatIsMadeDuringALookIntoTheStoreKeepsItsStream() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        afterLook = () -> {
            if (looks.incrementAndGet() == 1) {
                looking.countDown();
                await().until(() -> made.getCount() == 0);
            }
        };
        streams.listen(CLIENT, session("s1"), this::hear);
        assertThat(looking.await(20, TimeUnit.SECONDS)).isTrue();

        store.put(session("s1"), ONE.key(), A);
        streams.made(session("s1").id(), new SessionStore.Entry(ONE.key(), A), Duration.ofSeconds(20));
        made.countDown();

        await().until(() -> looks.get() >= 3);
        assertThat(gateway.openStreams()).isEqualTo(1);
        assertThat(gateway.countHttp("GET")).isEqualTo(1);
    }

    @Test
    void aSessionThatAnotherReplicaMadeIsFoundInTheStore() {
        streams.listen(CLIENT, session("s1"), this::hear);

        store.put(session("s1"), TWO.key(), B);

        await().until(() -> gateway.openStreams() == 1);
        assertThat(gateway.received().getFirst().headers()).containsEntry("mcp-session-id", "b");
    }

    @Test
    void aStreamThatBreaksOffGoesOnAfterTheLastEvent() throws Exception {
        store.put(session("s1"), ONE.key(), A);
        streams.listen(CLIENT, session("s1"), this::hear);
        await().until(() -> gateway.openStreams() == 1);

        gateway.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\nid: e-9");
        await().until(() -> heard.size() == 1);
        gateway.dropStreams();

        await().until(() -> gateway.openStreams() == 1);
        assertThat(gateway.received().getLast().headers()).containsEntry("last-event-id", "e-9");
        gateway.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/y\"}");
        await().until(() -> heard.size() == 2);
    }

    @Test
    void aServerWithoutStreamsIsAskedOnceAndOneThatFailsAgain() {
        gateway.behave((_, exchange, request) -> {
            boolean one = request.path().equals("/mcp");
            if (one || gateway.countHttp("GET") < 6) {
                FakeMcpServer.send(exchange, one ? 405 : 409, "text/plain", "");
                return true;
            }
            return false;
        });
        store.put(session("s1"), ONE.key(), A);
        store.put(session("s1"), TWO.key(), B);

        streams.listen(CLIENT, session("s1"), this::hear);

        await().until(() -> gateway.openStreams() == 1);
        assertThat(gateway.received())
                .filteredOn(request -> request.path().equals("/mcp"))
                .hasSize(1);
    }

    @Test
    void streamsEndWithTheLastStreamOfTheClientAndWithTheirSession() throws Exception {
        store.put(session("s1"), ONE.key(), A);
        store.put(session("s2"), TWO.key(), B);
        Listening first = streams.listen(CLIENT, session("s1"), this::hear);
        Listening second = streams.listen(CLIENT, session("s1"), this::hear);
        streams.listen(CLIENT, session("s2"), this::hear);
        await().until(() -> gateway.openStreams() == 2);
        first.close();
        assertThat(room.availablePermits()).isEqualTo(8);

        second.close();
        second.close();
        await().until(() -> room.availablePermits() == 9);
        store.remove(session("s2").id(), TWO.key(), B);

        await().until(() -> room.availablePermits() == 10);
    }

    @Test
    void aServerThatComesBackIsFollowedAgain() throws Exception {
        table = RouteTable.EMPTY;
        store.put(session("s1"), ONE.key(), A);
        streams.listen(CLIENT, session("s1"), this::hear);
        streams.made(session("s1").id(), new SessionStore.Entry(ONE.key(), A), Duration.ofSeconds(20));
        assertThat(gateway.received()).isEmpty();

        table = RouteTable.of(CapabilityCatalog.EMPTY, List.of(ONE), List.of());

        await().until(() -> gateway.openStreams() == 1);
    }

    @Test
    void aMessageReachesTheYoungestStreamThatTakesIt() throws Exception {
        store.put(session("s1"), ONE.key(), A);
        List<String> takers = new CopyOnWriteArrayList<>();
        streams.listen(CLIENT, session("s1"), _ -> takers.add("old"));
        streams.listen(CLIENT, session("s1"), _ -> takers.add("young"));
        streams.listen(CLIENT, session("s1"), _ -> false);
        await().until(() -> gateway.openStreams() == 1);

        gateway.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");

        await().until(() -> !takers.isEmpty());
        assertThat(takers).containsExactly("young");
    }

    @Test
    void noMoreStreamsAreOpenedThanThereIsRoomFor() {
        room.drainPermits();
        store.put(session("s1"), ONE.key(), A);
        streams.listen(CLIENT, session("s1"), this::hear);
        store.put(session("s2"), TWO.key(), B);
        streams.listen(CLIENT, session("s2"), this::hear);

        room.release();

        await().until(() -> gateway.openStreams() == 1);
        assertThat(gateway.countHttp("GET")).isEqualTo(1);
    }

    @Test
    void aCallWhoseStreamBrokeOffGoesOnAfterThatEventUntilItsAnswer() throws Exception {
        table = RouteTable.of(CapabilityCatalog.EMPTY, List.of(ONE), List.of());
        store.put(session("s1"), ONE.key(), A);
        Listening listening = streams.listen(CLIENT, session("s1"), resuming());
        await().until(() -> gateway.openStreams() == 1);
        assertThat(gateway.received().getLast().headers())
                .containsEntry("last-event-id", "7")
                .containsEntry("mcp-session-id", "a");

        gateway.push("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\nid: e-8\nretry: 80");
        await().until(() -> heard.size() == 1);
        long brokeOff = System.nanoTime();
        gateway.dropStreams();
        await().until(() -> gateway.openStreams() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - brokeOff)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
        assertThat(gateway.received().getLast().headers()).containsEntry("last-event-id", "e-8");

        String answer = "{\"jsonrpc\":\"2.0\", \"id\":7,\"result\":{\"x\":1.0}}";
        gateway.push(answer);
        await().until(() -> concluded.size() == 1);
        assertThat(concluded).extracting(RawJson::toString).containsExactly(answer);
        assertThat(heard).hasSize(1);

        listening.close();
        await().until(() -> room.availablePermits() == 10);
        assertThat(gateway.countHttp("GET")).isEqualTo(2);
    }

    @Test
    void aServerThatCannotGoOnWithACallGetsAnOrdinaryStream() {
        table = RouteTable.of(CapabilityCatalog.EMPTY, List.of(ONE), List.of());
        gateway.behave((_, exchange, request) -> {
            boolean resumes = request.headers().containsKey("last-event-id");
            if (resumes) {
                FakeMcpServer.send(exchange, 405, "text/plain", "");
            }
            return resumes;
        });
        store.put(session("s1"), ONE.key(), A);

        Listening listening = streams.listen(CLIENT, session("s1"), resuming());

        await().until(() -> gateway.openStreams() == 1);
        assertThat(gateway.countHttp("GET")).isEqualTo(2);
        listening.close();
        await().until(() -> room.availablePermits() == 10);
    }

    /** Another server could answer the call in its place. */
    @Test
    void whoseEventItWasIsCertainOnlyOfOneServer() {
        SessionStore.Entry atOne = new SessionStore.Entry(ONE.key(), A);
        SessionStore.Entry atTwo = new SessionStore.Entry(TWO.key(), B);
        SessionStore.Entry without =
                new SessionStore.Entry(ONE.key(), new ServerSession(Optional.empty(), "2025-11-25"));

        assertThat(ResumedCall.onlyServer(List.of(ONE), List.of(atOne))).contains(atOne);
        assertThat(ResumedCall.onlyServer(List.of(ONE, TWO), List.of(atOne))).isEmpty();
        assertThat(ResumedCall.onlyServer(List.of(ONE), List.of(atOne, atTwo))).isEmpty();
        assertThat(ResumedCall.onlyServer(List.of(ONE), List.of(atTwo))).isEmpty();
        assertThat(ResumedCall.onlyServer(List.of(ONE), List.of(without))).isEmpty();
        assertThat(ResumedCall.onlyServer(List.of(ONE), List.of())).isEmpty();
        assertThat(ResumedCall.onlyServer(List.of(), List.of(atOne))).isEmpty();
    }

    private Messages resuming() {
        return new Messages() {
            @Override
            public boolean offer(RawJson message) {
                return heard.add(message);
            }

            @Override
            public boolean conclude(RawJson answer) {
                return concluded.add(answer);
            }
        };
    }

    private boolean hear(RawJson message) {
        return heard.add(message);
    }
}
