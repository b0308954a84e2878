package io.mcpgateway.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.http.RawClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers with bytes as they are here, which no HTTP server would send. */
class RawServerTest {
    private static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String ANSWER = "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}\n\n";
    private static final String MARK = "\u00ef\u00bb\u00bf";

    private final HttpClient client = HttpClient.newHttpClient();
    private ServerSocket server;
    private volatile List<String> pieces = List.of();
    private volatile boolean again;
    private EmbeddedGateway gateway;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    RawServerTest() {}

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        gateway = gateway(Optional.empty());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        gateway.close();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void aByteOrderMarkDoesNotSpoilTheFirstEvent(int pieceLength) throws Exception {
        serve(EVENTS, MARK + ANSWER, pieceLength);

        assertThat(call().body()).isEqualTo(":\n\n" + ANSWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "\n\n", ":\n\n", "\u00ef\u00bb", "\u00ef\u00bbx\n\n", "data: \u00ef\u00bb\u00bf\n\n"})
    void whateverElseAStreamBeginsWithPasses(String beginning) throws Exception {
        serve(EVENTS, beginning, 1000);

        assertThat(new String(bytes(), StandardCharsets.ISO_8859_1)).isEqualTo(":\n\n" + beginning);
    }

    @Test
    void anAnswerOfTwoLengthsIsRefused() throws Exception {
        pieces = List.of(String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "Content-Type: application/json",
                "Content-Length: 3",
                "Transfer-Encoding: chunked",
                "",
                "2",
                "{}",
                "0",
                "",
                ""));

        HttpResponse<String> response = call();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"id\":7", "server ns/one sent a response with two different lengths");
    }

    @Test
    void aCallHasTheTimeThatIsSetForItsServer() throws Exception {
        gateway.close();
        gateway = gateway(Optional.of(Duration.ofMillis(3500)));
        long start = System.nanoTime();

        HttpResponse<String> response = call();

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("\"id\":7", "within 3 s, the limit set by callTimeoutSeconds");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(3500));
    }

    @Test
    void anAnswerThatTakesLongerThanItsCallMayIsCutOffHoweverMuchComes() throws Exception {
        gateway.close();
        gateway = gateway(Optional.of(Duration.ofSeconds(1)));
        pieces = List.of(EVENTS, "9\r\ndata: 0\n\n\r\n");
        again = true;
        try (RawClient raw = new RawClient(gateway.port())) {
            raw.send("POST /mcp HTTP/1.1\nHost: h\nContent-Length: 2\n\n{}");

            assertThat(raw.rest()).contains("data: 0").doesNotContain("\r\n0\r\n");
        }
    }

    /** The head, then the body in chunks of at most so many bytes. */
    private void serve(String head, String body, int pieceLength) {
        StringBuilder chunks = new StringBuilder(head);
        for (int at = 0; at < body.length(); at += pieceLength) {
            String chunk = body.substring(at, Math.min(body.length(), at + pieceLength));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        pieces = List.of(chunks.append("0\r\n\r\n").toString());
    }

    private HttpResponse<String> call() throws IOException, InterruptedException {
        return client.send(request(), BodyHandlers.ofString());
    }

    private byte[] bytes() throws IOException, InterruptedException {
        return client.send(request(), BodyHandlers.ofByteArray()).body();
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/mcp"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            if (connection.getInputStream().read(new byte[16 * 1024]) < 0) {
                return;
            }
            OutputStream out = connection.getOutputStream();
            for (String piece : pieces) {
                out.write(piece.getBytes(StandardCharsets.ISO_8859_1));
            }
            while (again) {
                out.write(pieces.getLast().getBytes(StandardCharsets.ISO_8859_1));
            }
            // Until the gateway is done with it.
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // The gateway closed it, as it should.
        }
    }

    private EmbeddedGateway gateway(Optional<Duration> callTimeout) {
        return PatientGateway.start(server, callTimeout, Duration.ofSeconds(1));
    }
}
