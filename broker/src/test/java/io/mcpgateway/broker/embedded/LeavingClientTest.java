package io.mcpgateway.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.mcpgateway.broker.http.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that says nothing, or nothing more, to a client that does not wait for it. */
class LeavingClientTest {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"s1_alpha\"}}";
    private static final String REQUEST =
            "POST /mcp HTTP/1.1\nHost: h\nContent-Type: application/json\nContent-Length: " + CALL.length() + "\n\n"
                    + CALL;
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final AtomicInteger callsAtServer = new AtomicInteger();
    private final AtomicInteger callsGivenUp = new AtomicInteger();
    private final BlockingQueue<Socket> waiting = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private volatile String saysFirst = "";
    private EmbeddedGateway gateway;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        gateway = PatientGateway.start(server, Optional.empty(), GRACE);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"jsonrpc\":"
            })
    void theServerIsToldSoon(String first) throws IOException {
        saysFirst = first;
        try (RawClient client = new RawClient(gateway.port())) {
            client.send(REQUEST);
            await().untilAtomic(callsAtServer, equalTo(1));
        }

        await().atMost(Duration.ofSeconds(6)).untilAtomic(callsGivenUp, equalTo(1));
    }

    @Test
    void aStopDoesNotWaitForACallThatNobodyWaitsFor() throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send(REQUEST);
            await().untilAtomic(callsAtServer, equalTo(1));
        }

        assertTimeout(Duration.ofSeconds(15), gateway::close);
    }

    /** What the watch reads instead of the end is the next request. */
    @Test
    void aRequestSentEarlyIsAnsweredAfterTheFirst() throws Exception {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send(REQUEST);
            await().untilAtomic(callsAtServer, equalTo(1));
            client.send("GET /status HTTP/1.1\nHost: h\n\n");
            // Until the client is watched for sure.
            await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
            assertThat(callsGivenUp).hasValue(0);
            finishFirstCall();

            assertThat(client.head()).first().isEqualTo("HTTP/1.1 200 OK");
            assertThat(client.bytes(2)).isEqualTo("{}");
            assertThat(client.head()).first().isEqualTo("HTTP/1.1 404 Not Found");
        }
    }

    private void finishFirstCall() throws IOException, InterruptedException {
        waiting.take()
                .getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.read();
            }
            int length = Integer.parseInt(head.toLowerCase(Locale.ROOT)
                    .split("content-length: ", 2)[1]
                    .split("\r\n", 2)[0]);
            in.readNBytes(length);
            socket.getOutputStream().write(saysFirst.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            waiting.add(socket);
            callsAtServer.incrementAndGet();
            if (in.read() < 0) {
                callsGivenUp.incrementAndGet();
            }
        } catch (IOException broken) {
            callsGivenUp.incrementAndGet();
        }
    }
}
