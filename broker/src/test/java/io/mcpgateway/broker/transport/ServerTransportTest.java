package io.mcpgateway.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ServerTransportTest {
    private final ServerTransport transport = new ServerTransport(Duration.ofSeconds(5), 100);

    @AfterEach
    void stop() {
        transport.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.mcpgateway.broker.transport.OddServers#closing")
    void noCallIsLostAndNoneIsSentTwiceHoweverAServerCloses(String name, ScriptedServer.Script script)
            throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            for (int count = 0; count < 50; count++) {
                assertThat(post(server)).as(name + ", call " + count).isEqualTo("200 {}");
            }

            assertThat(server.requests()).isEqualTo(50);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.mcpgateway.broker.transport.OddServers#readable")
    void whatCanBeReadIsReadAndTheConnectionIsUsedAgain(String name, ScriptedServer.Script script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            for (int count = 0; count < 4; count++) {
                assertThat(post(server)).as(name).isEqualTo("200 {}");
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.mcpgateway.broker.transport.OddServers#broken")
    void whatCannotBeReadIsAFailureAndNotSentTwice(String name, ScriptedServer.Script script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            assertThatThrownBy(() -> post(server)).as(name).isInstanceOf(IOException.class);

            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatClosesAtAnyTimeLosesOneCallAtMost() throws Exception {
        try (ScriptedServer server = new ScriptedServer(OddServers.closingAfterThree())) {
            int answered = 0;
            for (int count = 0; count < 50; count++) {
                try {
                    post(server);
                    answered++;
                } catch (ServerConnection.Unanswered | SocketException lost) {
                    // Closed while the request was on its way.
                }
            }

            assertThat(answered).isGreaterThanOrEqualTo(49);
            assertThat(server.requests()).isEqualTo(answered);
        }
    }

    @Test
    void aServerThatNobodyKnowsKeepsItsConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(OddServers.keeping(OddServers.OK))) {
            for (int count = 0; count < 100; count++) {
                post(server);
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aCallThatMayHaveBeenExecutedIsNotSentAgain() throws Exception {
        try (ScriptedServer server = new ScriptedServer(silentOn(2))) {
            assertThat(post(server)).isEqualTo("200 {}");
            assertThatThrownBy(() -> post(server)).isInstanceOf(ServerConnection.Unanswered.class);
            assertThat(server.requests()).isEqualTo(2);

            assertThat(post(server)).isEqualTo("200 {}");
        }
    }

    @Test
    void whatAServerMayGetTwiceIsSentAgainOnANewConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(silentOn(2))) {
            post(server);
            try (IncomingResponse response = transport
                    .call("GET", server.url("/mcp"), Map.of(), Optional.empty())
                    .send()) {
                assertThat(response.status()).isEqualTo(200);
            }

            assertThat(server.heads()).hasSize(3);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerThatNobodyAskedForIsNobodys() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(OddServers.keeping(OddServers.OK + OddServers.OK.replace("{}", "!!")))) {
            assertThat(post(server)).isEqualTo("200 {}");
            assertThat(post(server)).isEqualTo("200 {}");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void theRequestIsSentAsItIs() throws Exception {
        try (ScriptedServer server = new ScriptedServer(OddServers.keeping(OddServers.OK))) {
            URI url = server.url("//a%2Fb/../c;x?q=%20&r=a+b&&");
            transport
                    .call("POST", url, Map.of("X-Two", List.of("a", "b, c"), "x-empty", List.of("")), body("{}"))
                    .send()
                    .close();

            assertThat(server.heads().getFirst().lines().toList())
                    .contains(
                            "POST //a%2Fb/../c;x?q=%20&r=a+b&& HTTP/1.1",
                            "X-Two: a",
                            "X-Two: b, c",
                            "x-empty: ",
                            "Content-Length: 2",
                            "Host: 127.0.0.1:" + url.getPort())
                    .noneMatch(
                            line -> line.matches("(?i)(user-agent|accept|accept-encoding|cookie|upgrade|expect):.*"));
        }
    }

    @Test
    void theResponseIsReadAsItIs() throws Exception {
        String answer = "HTTP/1.1 299 Odd\r\nX-Two: a\r\nx-two: J\u00fcrgen\r\nX-Empty:\r\nContent-Encoding: gzip\r\n"
                + "Set-Cookie: a=b\r\nContent-Length: 2\r\n\r\n{}";
        try (ScriptedServer server = new ScriptedServer(OddServers.keeping(answer));
                IncomingResponse response = call(server).send()) {
            assertThat(response.status()).isEqualTo(299);
            assertThat(response.headers())
                    .containsEntry("x-two", List.of("a", "J\u00fcrgen"))
                    .containsEntry("x-empty", List.of(""))
                    .containsEntry("content-encoding", List.of("gzip"));
            assertThat(response.body().readAllBytes()).isEqualTo(new byte[] {'{', '}'});
        }
    }

    @ParameterizedTest
    @MethodSource("bodiless")
    void aResponseWithoutABodyNeedsNoEnd(String method, String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(OddServers.keeping(answer))) {
            for (int count = 0; count < 3; count++) {
                try (IncomingResponse response = transport
                        .call(method, server.url("/mcp"), Map.of(), Optional.empty())
                        .send()) {
                    assertThat(response.body().readAllBytes()).isEmpty();
                }
            }

            assertThat(server.heads()).hasSize(3);
        }
    }

    static Stream<Arguments> bodiless() {
        return Stream.of(
                Arguments.of("GET", "HTTP/1.1 204 No Content\r\n\r\n"),
                Arguments.of("POST", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n"),
                Arguments.of("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 20\r\n\r\n"),
                Arguments.of("POST", "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"));
    }

    @Test
    void redirectsChallengesAndBusyServersAreAnswersLikeOthers() throws Exception {
        for (String status : List.of("301", "307", "401", "407", "429", "503")) {
            String answer = "HTTP/1.1 " + status + " X\r\nLocation: http://127.0.0.1:1/\r\nRetry-After: 0\r\n"
                    + "WWW-Authenticate: Basic realm=\"x\"\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                    + "Content-Length: 2\r\n\r\n{}";
            try (ScriptedServer server = new ScriptedServer(OddServers.keeping(answer))) {
                assertThat(post(server)).isEqualTo(status + " {}");
                assertThat(server.requests()).isEqualTo(1);
            }
        }
    }

    @Test
    void whatIsThereOfAStreamIsReadAtOnce() throws Exception {
        Semaphore next = new Semaphore(0);
        ScriptedServer.Script script = (connection, _) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            next.acquire();
            connection.say("14\r\ndata: 1\n\n");
            next.acquire();
            connection.say("data: 2\n\nx\n");
            return false;
        };
        try (ScriptedServer server = new ScriptedServer(script);
                IncomingResponse response = call(server).send()) {
            InputStream body = response.body();
            next.release();
            assertThat(read(body)).isEqualTo("data: 1\n\n");
            next.release();
            assertThat(read(body)).isEqualTo("data: 2\n\nx\n");
        }
    }

    @Test
    void theServerLearnsThatNobodyReadsOn() throws Exception {
        ScriptedServer.Script script = OddServers.keeping("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}");
        try (ScriptedServer server = new ScriptedServer(script)) {
            call(server).send().close();

            assertThat(server.ends().poll(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsEnds() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((_, _) -> {
            arrived.countDown();
            return true;
        })) {
            OutgoingCall call = call(server);
            FutureTask<IncomingResponse> sent = new FutureTask<>(call::send);
            Thread.ofVirtual().start(sent);
            arrived.await();
            call.cancel();

            assertThatThrownBy(() -> sent.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThat(server.ends().poll(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptionEndsTheCallAndItsConnection() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((_, _) -> {
            arrived.countDown();
            return true;
        })) {
            FutureTask<IncomingResponse> sent = new FutureTask<>(call(server)::send);
            Thread waiting = Thread.ofVirtual().start(sent);
            arrived.await();
            waiting.interrupt();

            assertThatThrownBy(() -> sent.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
            assertThat(server.ends().poll(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aTransportThatIsRetiredEndsWithItsCalls() throws Exception {
        Semaphore next = new Semaphore(0);
        ScriptedServer.Script script = (connection, _) -> {
            connection.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{");
            next.acquire();
            connection.say("}");
            return true;
        };
        try (ScriptedServer server = new ScriptedServer(script)) {
            try (IncomingResponse underWay = call(server).send()) {
                transport.retire();
                next.release();
                assertThat(underWay.body().readAllBytes()).hasSize(2);
            }
            assertThat(server.ends().poll(10, TimeUnit.SECONDS))
                    .as("the kept one")
                    .isTrue();

            next.release();
            assertThat(post(server)).isEqualTo("200 {}");
            assertThat(server.ends().poll(10, TimeUnit.SECONDS)).as("a new one").isTrue();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void anUnknownHostIsNotARefusedConnection() throws Exception {
        int free;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = nobody.getLocalPort();
        }

        assertThatThrownBy(() -> post(URI.create("http://nobody.invalid:80/mcp")))
                .isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> post(URI.create("http://127.0.0.1:" + free + "/mcp")))
                .isInstanceOf(ConnectException.class);
    }

    private static ScriptedServer.Script silentOn(int request) {
        return (connection, number) -> {
            if (number == request) {
                return false;
            }
            connection.say(OddServers.OK);
            return true;
        };
    }

    private OutgoingCall call(ScriptedServer server) {
        return transport.call("POST", server.url("/mcp"), Map.of(), body("{\"a\":1}"));
    }

    private String post(ScriptedServer server) throws IOException, InterruptedException {
        return post(server.url("/mcp"));
    }

    private String post(URI url) throws IOException, InterruptedException {
        try (IncomingResponse response =
                transport.call("POST", url, Map.of(), body("{\"a\":1}")).send()) {
            return response.status() + " " + new String(response.body().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String read(InputStream body) throws IOException {
        byte[] piece = new byte[1000];
        return new String(piece, 0, body.read(piece), StandardCharsets.ISO_8859_1);
    }

    private static Optional<byte[]> body(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
