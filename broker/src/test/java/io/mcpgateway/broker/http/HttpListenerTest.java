package io.mcpgateway.broker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/adr/005-http-server.md rests on: each property that the gateway needs of its HTTP server. */
class HttpListenerTest {
    private static final RawJson LONG = RawJson.of("\"" + "ä".repeat(60_000) + "\"");
    private static final int LIMIT = 100_000;
    private static final byte[] SIGN = ": sign\n\n".getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger openStreams = new AtomicInteger();
    private final AtomicBoolean virtual = new AtomicBoolean(true);
    private final CountDownLatch slowEntered = new CountDownLatch(1);
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);
    private final AtomicBoolean endStreams = new AtomicBoolean();

    private HttpListener listener = start(Duration.ofSeconds(5));

    @AfterEach
    void stop() {
        endStreams.set(true);
        slowMayEnd.countDown();
        listener.close();
    }

    @Test
    void everyRequestRunsOnAVirtualThread() throws IOException {
        post("/length", "a body", "Content-Length: 6\n");

        assertThat(virtual).isTrue();
    }

    @Test
    void aClientThatLeftAStreamIsNoticedAtTheNextWrite() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.send("GET /stream HTTP/1.1\nHost: h\n\n").lineStarting(": sign");
            assertThat(openStreams).hasValue(1);
        }

        await().untilAtomic(openStreams, equalTo(0));
    }

    @Test
    void fiveHundredIdleStreamsNeedNoPlatformThreadEach() throws IOException {
        int threadsBefore = Thread.getAllStackTraces().size();
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int count = 0; count < 500; count++) {
                clients.add(new RawClient(listener.port()).send("GET /stream HTTP/1.1\nHost: h\n\n"));
            }
            await().atMost(Duration.ofSeconds(30)).untilAtomic(openStreams, equalTo(500));
            assertThat(Thread.getAllStackTraces().size() - threadsBefore).isLessThan(50);
            assertThat(post("/length", "12345", "Content-Length: 5\n")).endsWith("5");
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }

        await().atMost(Duration.ofSeconds(30)).untilAtomic(openStreams, equalTo(0));
    }

    @Test
    void whatIsFlushedArrivesBeforeTheNextWrite() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.send("GET /steps HTTP/1.1\nHost: h\n\n");
            assertThat(client.lineStarting("first")).isEqualTo("first");
            slowMayEnd.countDown();
            assertThat(client.lineStarting("second")).isEqualTo("second");
        }
    }

    @Test
    void longAnswersAreWrittenPieceByPiece() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            for (int count = 0; count < 3; count++) {
                client.send("POST /pieces HTTP/1.1\nHost: h\nContent-Length: 0\n\n");
                int length = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":}".length() + LONG.length();
                assertThat(client.head()).contains("HTTP/1.1 200 OK", "Content-Length: " + length);
                assertThat(client.bytes(length)).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":" + LONG + "}");
            }
            client.send("HEAD /pieces HTTP/1.1\nHost: h\nConnection: close\n\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n");
        }
    }

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            for (int count = 0; count < 20; count++) {
                client.send("POST /length HTTP/1.1\nHost: h\nContent-Length: 3\n\nabc");
                assertThat(client.head()).first().isEqualTo("HTTP/1.1 200 OK");
                assertThat(client.bytes(1)).isEqualTo("3");
            }
        }
    }

    @Test
    void theConnectionEndsAfterTheResponseIfTheClientAskedForThat() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.send("POST /length HTTP/1.1\nHost: h\nConnection: close\nContent-Length: 1\n\na");

            assertThat(client.rest()).startsWith("HTTP/1.1 200 OK").endsWith("1");
        }
    }

    @Test
    void aBodyOfTheLimitIsReadWhole() throws IOException {
        assertThat(post("/length", "x".repeat(LIMIT), "Content-Length: " + LIMIT + "\n"))
                .endsWith(String.valueOf(LIMIT));
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, LIMIT * 3})
    void aLongerBodyIsRefusedWith413(int length) throws IOException {
        assertThat(post("/length", "x".repeat(length), "Content-Length: " + length + "\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("\"jsonrpc\":\"2.0\"")
                .contains("at most " + LIMIT + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aLongerBodyInChunksIsRefusedWith413(int times) throws IOException {
        String chunk = "7530\n" + "x".repeat(0x7530) + "\n";

        assertThat(post("/length", chunk.repeat(4 * times) + "0\n\n", "Transfer-Encoding: chunked\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("at most " + LIMIT + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 40000000", "Transfer-Encoding: chunked"})
    void aBodyFarBeyondTheLimitIsNotTakenIn(String header) throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.send("POST /length HTTP/1.1\nHost: h\n" + header + "\n\n");
            assertThatThrownBy(() -> {
                        for (int count = 0; count < 1000; count++) {
                            client.send("7530\n" + "x".repeat(0x7530) + "\n");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theTextOfAnExceptionStaysInside() throws IOException {
        assertThat(post("/boom", "", "Content-Length: 0\n"))
                .startsWith("HTTP/1.1 500 ")
                .contains("internal error")
                .doesNotContain("a secret");
    }

    @Test
    void aResponseThatCannotBeCompletedIsCutOff() throws IOException {
        assertThat(post("/broken", "", "Content-Length: 0\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("begun")
                .doesNotContain("\r\n0\r\n");
    }

    @Test
    void headIsAnsweredWithTheLengthButWithoutTheBody() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.send("HEAD /length HTTP/1.1\nHost: h\nConnection: close\n\n");
            assertThat(client.head()).contains("Content-Length: 1");
            assertThat(client.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a|b HTTP/1.1\nHost: h\n\n",
                "GET /length HTTP/1.1\n\n",
                "POST /length HTTP/1.1\nHost: h\nContent-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n",
                "POST /length HTTP/1.1\nHost: h\nContent-Length: 5\nContent-Length: 6\n\nabcdef"
            })
    void ambiguousRequestsAreRefusedAndTheConnectionEnds(String request) throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            assertThat(client.send(request).rest()).startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/steps", "/length"})
    void aClientThatAsksForNoMoreStillGetsTheEndOfItsAnswer(String path) throws IOException {
        slowMayEnd.countDown();
        String answer = post(path, "a", "Content-Length: 1\n");

        assertThat(answer).startsWith(path.equals("/nothing") ? "HTTP/1.1 202 " : "HTTP/1.1 200 ");
        assertThat(answer.contains("Transfer-Encoding: chunked")).isEqualTo(answer.endsWith("\r\n0\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET /length HTTP/1.1\nHost: h\nX-A: 1",
                "POST /length HTTP/1.1\nHost: h\nContent-Length: 5\n\nab",
                "POST /length HTTP/1.1\nHost: h\nTransfer-Encoding: chunked\n\n1\na\n"
            })
    void aClientThatNeverFinishesItsRequestIsGivenUp(String beginning) throws IOException {
        listener.close();
        Duration limit = Duration.ofMillis(300);
        HttpListener.Settings settings = new HttpListener.Settings("127.0.0.1", 0, LIMIT, 2000, Duration.ofSeconds(5));
        listener = HttpListener.start(settings, this::handle, limit, limit);
        try (RawClient client = new RawClient(listener.port())) {
            client.send(beginning);

            assertThat(client.rest()).doesNotContain("200 OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1;a=\"b\"\na\n0\n\n", "x\na\n0\n\n", "-1\na\n0\n\n"})
    void chunksThatCannotBeReadAreTheClientsMistake(String chunks) throws IOException {
        assertThat(post("/length", chunks, "Transfer-Encoding: chunked\n")).startsWith("HTTP/1.1 400 ");
    }

    /** RFC 9112, section 3.2.2: the form that clients send to proxies; its host counts, not that of Host. */
    @ParameterizedTest
    @CsvSource({
        "/where?a=b,                    h|/where|a=b",
        "http://Mcp.test:80/where?a=b,  Mcp.test:80|/where|a=b",
        "HTTPS://mcp.test/where,        mcp.test|/where|"
    })
    void aTargetMayHaveASchemeAndAHost(String target, String expected) throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.send("GET " + target + " HTTP/1.1\nHost: h\nConnection: close\n\n");

            assertThat(client.rest()).contains(expected);
        }
    }

    @Test
    void aTunnelIsRefused() throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            client.send("CONNECT example.com:443 HTTP/1.1\nHost: example.com:443\nConnection: close\n\n");

            assertThat(client.rest()).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void closingDoesNotWaitForConnectionsThatBecomeIdleMeanwhile() throws Exception {
        listener.close();
        listener = start(Duration.ofSeconds(30));
        try (RawClient silent = new RawClient(listener.port());
                RawClient client = new RawClient(listener.port())) {
            silent.send("");
            client.send("GET /slow HTTP/1.1\nHost: h\n\n");
            slowEntered.await();
            Thread closing = Thread.ofVirtual().start(listener::close);
            await().until(() -> refusesConnections(listener.port()));
            slowMayEnd.countDown();

            assertThat(client.head()).first().isEqualTo("HTTP/1.1 200 OK");
            assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void closingWaitsForRequestsUnderWay() throws Exception {
        try (RawClient client = new RawClient(listener.port())) {
            client.send("GET /slow HTTP/1.1\nHost: h\n\n");
            slowEntered.await();
            Thread closing = Thread.ofVirtual().start(listener::close);
            await().until(() -> refusesConnections(listener.port()));
            slowMayEnd.countDown();

            assertThat(client.head()).first().isEqualTo("HTTP/1.1 200 OK");
            closing.join();
        }
    }

    @Test
    void closingDoesNotWaitLongerThanTheGrace() throws Exception {
        listener.close();
        listener = start(Duration.ofMillis(200));
        try (RawClient client = new RawClient(listener.port())) {
            client.send("GET /stream HTTP/1.1\nHost: h\n\n").lineStarting(": sign");

            assertTimeout(Duration.ofSeconds(4), listener::close);
            await().untilAtomic(openStreams, equalTo(0));
        }
    }

    @Test
    void closingDoesNotWaitForIdleConnections() throws IOException {
        listener.close();
        listener = start(Duration.ofSeconds(30));
        try (RawClient client = new RawClient(listener.port())) {
            client.send("POST /length HTTP/1.1\nHost: h\nContent-Length: 1\n\na")
                    .head();

            assertTimeout(Duration.ofSeconds(10), listener::close);
        }
    }

    private HttpListener start(Duration grace) {
        return HttpListener.start(new HttpListener.Settings("127.0.0.1", 0, LIMIT, 2000, grace), this::handle);
    }

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        virtual.compareAndSet(true, Thread.currentThread().isVirtual());
        switch (exchange.path()) {
            case "/stream" -> stream(exchange);
            case "/steps" -> steps(exchange);
            case "/slow" -> {
                slowEntered.countDown();
                slowMayEnd.await();
                exchange.answer(HttpAnswer.text(200, "done"));
            }
            case "/pieces" -> exchange.answer(HttpAnswer.json(200, JsonRpcText.answer(new JsonRpcId("7"), LONG)));
            case "/where" ->
                exchange.answer(HttpAnswer.text(
                        200,
                        exchange.authority() + "|" + exchange.path() + "|"
                                + exchange.query().orElse("")));
            case "/nothing" -> exchange.stream(202, Map.of()).close();
            case "/boom" -> throw new IllegalStateException("a secret");
            case "/broken" -> {
                OutputStream out = exchange.stream(200, Map.of());
                out.write("begun".getBytes(StandardCharsets.UTF_8));
                out.flush();
                throw new IllegalStateException("a secret");
            }
            default ->
                exchange.answer(HttpAnswer.json(
                        200, RawJson.of(String.valueOf(exchange.body().length()))));
        }
    }

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        openStreams.incrementAndGet();
        try (OutputStream out = exchange.stream(200, Map.of("Content-Type", List.of("text/event-stream")))) {
            CountDownLatch never = new CountDownLatch(1);
            do {
                out.write(SIGN);
                out.flush();
            } while (!endStreams.get() && !never.await(100, TimeUnit.MILLISECONDS));
        } finally {
            openStreams.decrementAndGet();
        }
    }

    private void steps(HttpExchange exchange) throws IOException, InterruptedException {
        try (OutputStream out = exchange.stream(200, Map.of())) {
            out.write("first\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            slowMayEnd.await();
            out.write("second\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private String post(String path, String body, String headers) throws IOException {
        try (RawClient client = new RawClient(listener.port())) {
            return client.send("POST " + path + " HTTP/1.1\nHost: h\nConnection: close\n" + headers + "\n" + body)
                    .rest();
        }
    }

    private static boolean refusesConnections(int port) {
        try (RawClient client = new RawClient(port)) {
            client.send("");
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
