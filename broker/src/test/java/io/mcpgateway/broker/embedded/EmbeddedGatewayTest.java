package io.mcpgateway.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.CapabilityCatalog;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.refusal.OriginRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedGatewayTest {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"s1_alpha\"}}";

    private final Semaphore nextEvent = new Semaphore(0);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer backend;
    private FakeDispatcher dispatcher;
    private EmbeddedGateway gateway;

    @BeforeEach
    void start() throws IOException {
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        backend.createContext("/", this::answer);
        backend.start();
        startGateway("/echo", 100);
    }

    @AfterEach
    void stop() {
        never.countDown();
        nextEvent.release(1000);
        gateway.close();
        backend.stop(0);
        client.close();
    }

    @Test
    void aCallReachesItsBackendRewrittenAndItsSessionIsPutBack() throws Exception {
        HttpResponse<String> response = call("X-Secret", "s", "X-Other", "kept", "Mcp-Session-Id", "client-token");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("POST /echo", FakeDispatcher.REWRITTEN.toString(), "x-other=[kept]", "x-mcp-toolname=[alpha]")
                .contains("mcp-session-id=[backend-session]", "host=[127.0.0.1:" + backendPort() + "]")
                .doesNotContain("x-secret");
        assertThat(response.headers().allValues("mcp-session-id")).containsExactly(FakeDispatcher.TOKEN);
        assertThat(response.headers().firstValue("content-length")).isPresent();
    }

    @Test
    void whatTheBrokerAnswersIsPassedOnAsItIs() throws Exception {
        HttpResponse<String> response = send("GET", "/mcp?after=1&wait=1s", "X-Secret", "s");

        assertThat(response.body())
                .contains("GET /mcp?after=1&wait=1s", "x-mcp-method=[m]")
                .doesNotContain("x-secret", "public.example");
        assertThat(response.headers().allValues("mcp-session-id")).containsExactly("set-by-backend");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/ui", "/ui/", "/health", "/healthz", "/readyz", "/", "/mcpx", "/metrics"})
    void whatIsForOperatorsIsNotOnTheClientsPort(String path) throws Exception {
        HttpResponse<String> response = send("GET", path, "Origin", "https://evil.example");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void aHeaderThatCannotBePassedOnIsTheClientsMistake() throws Exception {
        try (RawClient raw = new RawClient(gateway.port())) {
            raw.send(
                    "POST /mcp HTTP/1.1\nHost: h\nX-Name: J\u00fcrgen\nContent-Type: application/json\nContent-Length: "
                            + CALL.length() + "\n\n" + CALL);

            assertThat(raw.head()).first().isEqualTo("HTTP/1.1 400 Bad Request");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/empty", "/echo", "/events"})
    void aClientThatWantsNoFurtherRequestGetsTheWholeAnswer(String path) throws Exception {
        restart(path, 100);
        try (RawClient raw = new RawClient(gateway.port())) {
            raw.send(
                    "POST /mcp HTTP/1.1\nHost: h\nConnection: close\nContent-Length: " + CALL.length() + "\n\n" + CALL);
            nextEvent.release(3);
            String answer = path.equals("/events") ? raw.lineStarting("data: 2") : raw.rest();

            assertThat(answer)
                    .contains(path.equals("/empty") ? "HTTP/1.1 200 OK" : path.equals("/echo") ? "alpha" : "2");
        }
    }

    @Test
    void aRefusalAndAnInitializeAreCarriedOut() throws Exception {
        HttpResponse<String> refused = send("GET", "/reject");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("{\"no\":true}");

        assertThat(send("GET", "/init?x=1").body()).contains("GET /init?x=1");
        assertThat(send("GET", "/init-unknown").statusCode()).isEqualTo(502);
    }

    @Test
    void anAllowedPageMayReadWhatABackendAnswers() throws Exception {
        HttpResponse<String> response = call("Origin", "https://app.example.com");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
                .containsExactly("https://app.example.com");
        assertThat(response.headers().allValues("Vary")).containsExactly("Origin");
        assertThat(call("Origin", "https://evil.example").headers().map())
                .doesNotContainKey("access-control-allow-origin");
        assertThat(call().headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void eventsArriveOneByOne() throws Exception {
        restart("/events", 100);
        HttpResponse<InputStream> response = client.send(callRequest().build(), BodyHandlers.ofInputStream());
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (int count = 0; count < 5; count++) {
                // The backend writes its next event only now, so nothing may be held back on the way.
                nextEvent.release();
                assertThat(nextData(events)).isEqualTo("data: " + count);
            }
        }
    }

    @Test
    void aClientThatLeavesCancelsTheBackendsAnswer() throws Exception {
        restart("/events", 100);
        try (RawClient leaving = new RawClient(gateway.port())) {
            leaving.send("POST /mcp HTTP/1.1\nHost: h\nContent-Type: application/json\nContent-Length: " + CALL.length()
                    + "\n\n" + CALL);
            nextEvent.release();
            leaving.lineStarting("data: 0");
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            nextEvent.release(100);
            return cancelled.getCount() == 0;
        });
    }

    @Test
    void manyCallsUseFewConnections() throws Exception {
        for (int count = 0; count < 1000; count++) {
            assertThat(call().statusCode()).isEqualTo(200);
        }

        assertThat(connections).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void aCallInALostSessionIsSentOnceMoreAndThenAnsweredWithTheReason() throws Exception {
        restart("/gone", 100);

        HttpResponse<String> answer = call();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"id\":7", "repeat it");
        assertThat(dispatcher.answered).containsExactly(404, 404);
    }

    @Test
    void aRedirectDoesNotLeadClientsIntoTheCluster() throws Exception {
        restart("/redirect", 100);

        HttpResponse<String> answer = call();
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().map()).doesNotContainKey("location");
        assertThat(answer.body()).contains("\"id\":7", "HTTP 307, a redirect").doesNotContain("inside.example");
    }

    @Test
    void anAnswerThatBreaksOffDoesNotLookComplete() throws Exception {
        restart("/broken", 100);
        try (RawClient raw = new RawClient(gateway.port())) {
            raw.send("POST /mcp HTTP/1.1\nHost: h\nContent-Length: 2\n\n{}");

            assertThat(raw.rest()).contains("begun").doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void aBackendThatIsDownIs502AndNamedWithoutItsAddress() throws Exception {
        backend.stop(0);

        HttpResponse<String> response = call();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body())
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":")
                .contains("ns/one")
                .doesNotContain("127.0.0.1", String.valueOf(backendPort()), "Exception");
    }

    @Test
    void aBackendThatDoesNotAnswerInTimeIs504() throws Exception {
        restart("/silent", 100);

        HttpResponse<String> response = call();

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("\"id\":7", "set callTimeoutSeconds of its registration to allow");
    }

    @Test
    void anAnswerThatStallsIsCutOff() throws Exception {
        restart("/stalls", 100);
        try (RawClient raw = new RawClient(gateway.port())) {
            raw.send("POST /mcp HTTP/1.1\nHost: h\nContent-Length: 2\n\n{}");

            assertThat(raw.rest()).contains("begun").doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void moreRequestsThanAllowedAre503() throws Exception {
        restart("/events", 1);
        try (RawClient first = new RawClient(gateway.port())) {
            first.send("POST /mcp HTTP/1.1\nHost: h\nContent-Length: 2\n\n{}");
            nextEvent.release();
            first.lineStarting("data: 0");

            assertThat(call().statusCode()).isEqualTo(503);
        }
        nextEvent.release(1000);
        await().until(() -> send("GET", "/reject").statusCode() == 403);
    }

    @Test
    void aBodyTooLargeIs413() throws Exception {
        HttpRequest request = request("/mcp")
                .POST(BodyPublishers.ofString("x".repeat(100_001)))
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    private void answer(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress());
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/events" -> events(exchange);
                case "/empty" -> exchange.sendResponseHeaders(200, -1);
                case "/gone" -> send(exchange, 404, "gone");
                case "/redirect" -> {
                    exchange.getResponseHeaders().set("Location", "http://inside.example/mcp");
                    send(exchange, 307, "");
                }
                case "/silent" -> never.await();
                case "/broken", "/stalls" -> begin(exchange);
                default -> echo(exchange);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(HttpExchange exchange) throws IOException, InterruptedException {
        boolean stalls = exchange.getRequestURI().getPath().equals("/stalls");
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write("begun".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        if (stalls) {
            never.await();
        }
    }

    private void events(HttpExchange exchange) throws InterruptedException {
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.flush();
            for (int count = 0; true; count++) {
                nextEvent.acquire();
                out.write(("data: " + count + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException gone) {
            cancelled.countDown();
        }
    }

    private static void echo(HttpExchange exchange) throws IOException {
        StringBuilder text = new StringBuilder(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n");
        exchange.getRequestHeaders()
                .forEach((name, values) -> text.append(name.toLowerCase(Locale.ROOT))
                        .append('=')
                        .append(values)
                        .append('\n'));
        text.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.getResponseHeaders().set("Mcp-Session-Id", "set-by-backend");
        send(exchange, 200, text.toString());
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void restart(String path, int maxRequests) {
        gateway.close();
        startGateway(path, maxRequests);
    }

    private void startGateway(String path, int maxRequests) {
        URI origin = URI.create("http://127.0.0.1:" + backendPort());
        ServerRoute server = new ServerRoute(new ServerName("ns/one"), "one.mcp.local", path, origin.resolve(path));
        dispatcher = new FakeDispatcher(server);
        RouteTable table = RouteTable.of(CapabilityCatalog.EMPTY, List.of(server), List.of());
        EmbeddedSettings settings = new EmbeddedSettings(
                new HttpListener.Settings("127.0.0.1", 0, 100_000, 1000, Duration.ofSeconds(1)),
                origin,
                maxRequests,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                OriginRule.of("localhost", true, List.of("https://app.example.com")),
                AddressRule.STRICT);
        gateway = EmbeddedGateway.start(settings, dispatcher, () -> table);
    }

    private int backendPort() {
        return backend.getAddress().getPort();
    }

    private HttpResponse<String> call(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = callRequest();
        for (int index = 0; index < headers.length; index += 2) {
            request.header(headers[index], headers[index + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder callRequest() {
        return request("/mcp").POST(BodyPublishers.ofString(CALL)).header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.noBody());
        List.of(headers).stream().skip(1).findFirst().ifPresent(value -> request.header(headers[0], value));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static String nextData(BufferedReader events) {
        var data = events.lines().filter(line -> line.startsWith("data:"));
        return data.iterator().next();
    }
}
