package io.mcpgateway.e2e.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Lets a client that knows a server's own names use a gateway that prefixes them: adds the prefix to names in requests
 * and removes it from names in lists. Everything else passes unchanged, including streams. The suite's Host header,
 * which one of its scenarios is about, passes only if the JVM was started with
 * {@code -Djdk.httpclient.allowRestrictedHeaders=host}.
 */
final class PrefixShim implements AutoCloseable {
    /** Headers that the JDK's client sets itself, and hop-by-hop headers. */
    private static final Set<String> OWN =
            Set.of("connection", "content-length", "transfer-encoding", "keep-alive", "upgrade", "http2-settings");

    /** MCP 2026-07-28, Streamable HTTP, "Standard Request Headers". */
    private static final String NAME_HEADER = "Mcp-Name";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI target;
    private final PrefixedNames names;

    private PrefixShim(HttpServer server, URI target, PrefixedNames names) {
        this.server = server;
        this.target = target;
        this.names = names;
    }

    static PrefixShim start(URI target, String prefix) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        PrefixShim shim = new PrefixShim(server, target, new PrefixedNames(prefix));
        server.setExecutor(shim.threads);
        server.createContext("/", shim::handle);
        server.start();
        return shim;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        http.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            HttpResponse<InputStream> answer =
                    http.send(request(exchange, body), HttpResponse.BodyHandlers.ofInputStream());
            answer.headers().map().forEach((name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            try (InputStream content = answer.body()) {
                if (names.isList(body)) {
                    whole(
                            exchange,
                            answer.statusCode(),
                            names.incoming(new String(content.readAllBytes(), StandardCharsets.UTF_8)));
                } else {
                    stream(exchange, answer.statusCode(), content);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            System.err.println("shim: " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + ": " + e);
            throw e;
        }
    }

    private HttpRequest request(HttpExchange exchange, String asked) {
        String body = names.outgoing(asked);
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()));
        for (Map.Entry<String, java.util.List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            if (!OWN.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                boolean isName = header.getKey().equalsIgnoreCase(NAME_HEADER);
                header.getValue()
                        .forEach(value ->
                                request.header(header.getKey(), isName ? names.outgoingHeader(value, asked) : value));
            }
        }
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return request.method(exchange.getRequestMethod(), publisher).build();
    }

    private static void whole(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void stream(HttpExchange exchange, int status, InputStream content) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        OutputStream out = exchange.getResponseBody();
        byte[] buffer = new byte[8192];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }
}
