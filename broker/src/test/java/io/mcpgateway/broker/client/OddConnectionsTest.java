package io.mcpgateway.broker.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.client.call.CallListener;
import io.mcpgateway.broker.client.call.CallOutcome;
import io.mcpgateway.broker.client.call.CallReader;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.transport.IncomingResponse;
import io.mcpgateway.broker.transport.OddServers;
import io.mcpgateway.broker.transport.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker's own requests to servers that are odd in how they use HTTP and connections. */
@Timeout(60)
class OddConnectionsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final HttpLimits LIMITS = new HttpLimits(LONG, LONG, LONG, 200_000, 150_000);
    private static final RawJson MESSAGE = RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}");
    private static final String REPLY = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    private static final String EVENT = "data: " + REPLY + "\n\n";
    private static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n";
    private static final String END = "0\r\n\r\n";

    private final McpHttpClient client = new McpHttpClient();

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.mcpgateway.broker.transport.OddServers#closing")
    void noCallIsLostAndNoneIsSentTwiceHoweverAServerCloses(String name, ScriptedServer.Script script)
            throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            for (int count = 0; count < 30; count++) {
                assertThat(once(server)).as(name + ", call " + count).isEqualTo("200 {}");
            }

            assertThat(server.requests()).isEqualTo(30);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.mcpgateway.broker.transport.OddServers#readable")
    void whatCanBeReadIsRead(String name, ScriptedServer.Script script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            for (int count = 0; count < 3; count++) {
                assertThat(once(server)).as(name).isEqualTo("200 {}");
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.mcpgateway.broker.transport.OddServers#broken")
    void whatCannotBeReadIsSaidInAFewStableWords(String name, ScriptedServer.Script script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            assertThat(once(server))
                    .as(name)
                    .isIn("connection closed by the server", "connection broke while the response was read");

            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyWhatMayBeRepeatedIsSentAgainIfTheConnectionEnds(boolean repeatable) throws Exception {
        try (ScriptedServer server = new ScriptedServer((connection, number) -> {
            if (number == 2) {
                return false;
            }
            connection.say(OddServers.OK);
            return true;
        })) {
            assertThat(post(server, repeatable)).isEqualTo("200 {}");
            assertThat(post(server, repeatable)).isEqualTo(repeatable ? "200 {}" : "connection closed by the server");

            assertThat(server.requests()).isEqualTo(repeatable ? 3 : 2);
        }
    }

    /** The reader has the reply before the stream ends, which most servers say a little later. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void aStreamThatIsLeftBeforeItsEndCostsNoConnection(int millis) throws Exception {
        Semaphore ended = new Semaphore(0);
        try (ScriptedServer server = new ScriptedServer((connection, _) -> {
            connection.say(STREAM);
            Thread.sleep(millis);
            connection.say(END);
            ended.release();
            return true;
        })) {
            for (int count = 0; count < 100; count++) {
                assertThat(call(server)).isEqualTo(new CallOutcome.Replied(200, RawJson.of(REPLY)));
                assertThat(ended.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            }

            // A call may begin before the client has read the end of the last one.
            assertThat(server.connections()).isLessThan(50);
        }
    }

    @Test
    void aStreamThatDoesNotEndIsClosedAndHoldsNobodyUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((connection, _) -> {
            connection.say(STREAM);
            while (over.getCount() > 0) {
                Thread.sleep(10);
                connection.say("1\r\n:\r\n");
            }
            return true;
        })) {
            assertThat(call(server)).isInstanceOf(CallOutcome.Replied.class);
            assertThat(server.ends().poll(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            over.countDown();
        }
    }

    /** The look for the end of a stream has a time limit, and it must not stay with the connection. */
    @Test
    void aSlowAnswerMayFollowAStreamThatWasLeft() throws Exception {
        try (ScriptedServer server = new ScriptedServer((connection, number) -> {
            Thread.sleep(number == 1 ? 0 : 400);
            connection.say(STREAM);
            Thread.sleep(5);
            connection.say(END);
            return true;
        })) {
            assertThat(call(server)).isInstanceOf(CallOutcome.Replied.class);
            Thread.sleep(200);
            assertThat(call(server)).isInstanceOf(CallOutcome.Replied.class);

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 202 Accepted\r\nContent-Length: 8\r\n\r\nAccepted",
                "HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
            })
    void anAnswerThatNobodyReadsCostsNoConnection(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(OddServers.keeping(answer))) {
            for (int count = 0; count < 5; count++) {
                assertThat(client.<String>post(
                                target(server.url("/mcp")), posting(false), _ -> "", McpOutcome.Failure::message))
                        .isEmpty();
                Thread.sleep(5);
            }

            assertThat(server.connections()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aCallThatWasGivenUpSaysNothingAboutItsServer() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((connection, number) -> {
            if (number == 3) {
                arrived.countDown();
            } else {
                connection.say(OddServers.OK);
            }
            return true;
        })) {
            once(server);
            once(server);
            FutureTask<String> waiting = new FutureTask<>(() -> once(server));
            Thread thread = Thread.ofVirtual().start(waiting);
            arrived.await();
            thread.interrupt();
            assertThat(server.ends().poll(10, TimeUnit.SECONDS)).isTrue();

            once(server);
            once(server);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    /** As Java programs are told where their proxy is: by {@code http.proxyHost} and its like. */
    @Test
    void theProxyOfTheProcessIsUsed() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        try (ScriptedServer proxy = new ScriptedServer(OddServers.keeping(OddServers.OK))) {
            ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), proxy.listener().getLocalPort())));
            try (McpHttpClient behind = new McpHttpClient()) {
                assertThat(post(behind, URI.create("http://server.invalid/mcp?a=b"), false))
                        .isEqualTo("200 {}");
                assertThat(proxy.heads().getFirst())
                        .startsWith("POST http://server.invalid/mcp?a=b HTTP/1.1\r\n")
                        .contains("Host: server.invalid\r\n");
            }
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void aProxyThatRefusesATunnelIsHeard() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        try (ScriptedServer proxy = new ScriptedServer(OddServers.keeping(
                "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"))) {
            ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), proxy.listener().getLocalPort())));
            try (McpHttpClient behind = new McpHttpClient()) {
                assertThat(post(behind, URI.create("https://server.invalid/mcp"), false))
                        .isEqualTo("407 ");
                assertThat(proxy.heads().getFirst()).startsWith("CONNECT server.invalid:443 HTTP/1.1\r\n");
            }
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private CallOutcome call(ScriptedServer server) throws InterruptedException {
        CallListener listener = new CallListener() {
            @Override
            public void opened() {}

            @Override
            public void message(RawJson message) {}
        };
        return client.post(
                target(server.url("/mcp")),
                posting(false),
                response -> new CallReader(LIMITS, listener).read(response),
                CallOutcome.Failed::new);
    }

    private String once(ScriptedServer server) throws InterruptedException {
        return post(server, false);
    }

    private String post(ScriptedServer server, boolean repeatable) throws InterruptedException {
        return post(client, server.url("/mcp"), repeatable);
    }

    /** Status and body, or what is said of the failure. */
    private static String post(McpHttpClient client, URI url, boolean repeatable) throws InterruptedException {
        return client.post(target(url), posting(repeatable), OddConnectionsTest::text, McpOutcome.Failure::message);
    }

    private static String text(IncomingResponse response) throws IOException {
        return response.status() + " " + new String(response.body().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static McpHttpClient.Posting posting(boolean repeatable) {
        return new McpHttpClient.Posting(MESSAGE, Map.of(), repeatable, LONG);
    }

    private static McpTarget target(URI url) {
        return new McpTarget(url, Map::of, LIMITS);
    }
}
