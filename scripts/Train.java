import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
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
import java.util.Optional;

/**
 * Asks a server what its clients ask first, so that a training run loads what a start needs: java Train.java URL PID.
 */
class Train {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SESSIONS = 20;
    static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
            "capabilities":{},"clientInfo":{"name":"training","version":"1"}}}""";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public static void main(String[] line) throws IOException, InterruptedException {
        URI base = URI.create(line[0]);
        Optional<HttpServer> apiServer = apiServer();
        try {
            train(base, line);
        } finally {
            apiServer.ifPresent(server -> server.stop(0));
        }
    }

    /** Where the program looks for one, an API server that knows no kind. */
    private static Optional<HttpServer> apiServer() throws IOException {
        String address = System.getenv("KUBERNETES_MASTER");
        if (address == null || address.isEmpty()) {
            return Optional.empty();
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), URI.create(address).getPort()), 0);
        byte[] notFound = """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404}"""
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(404, notFound.length);
            exchange.getResponseBody().write(notFound);
            exchange.close();
        });
        server.start();
        return Optional.of(server);
    }

    private static void train(URI base, String[] line) throws IOException, InterruptedException {
        awaitStart(base, Long.parseLong(line[1]));
        get(base.resolve("/readyz"));
        get(base.resolve("/status"));
        for (int i = 0; i < SESSIONS; i++) {
            Optional<String> session =
                    post(base, INITIALIZE, Optional.empty()).headers().firstValue("Mcp-Session-Id");
            if (session.isEmpty()) {
                return;
            }
            post(base, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", session);
            post(base, "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}", session);
            post(base, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}", session);
        }
    }

    static void awaitStart(URI base, long pid) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                get(base.resolve("/healthz"));
                return;
            } catch (IOException notYet) {
                if (ProcessHandle.of(pid).isEmpty() || System.nanoTime() - end > 0) {
                    throw new IllegalStateException(base + " does not answer", notYet);
                }
                Thread.sleep(100);
            }
        }
    }

    static void get(URI url) throws IOException, InterruptedException {
        CLIENT.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> post(URI base, String body, Optional<String> session)
            throws IOException, InterruptedException {
        return send(base, "POST", body, session);
    }

    static HttpResponse<byte[]> send(URI base, String method, String body, Optional<String> session)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        session.ifPresent(id -> request.header("Mcp-Session-Id", id).header("MCP-Protocol-Version", "2025-06-18"));
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }
}
