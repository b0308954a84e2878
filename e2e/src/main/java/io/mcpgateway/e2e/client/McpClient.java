package io.mcpgateway.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** One client of an MCP endpoint. Thread-safe; sends bodies exactly as given. */
public final class McpClient implements AutoCloseable {
    /** The revision that this client asks for. */
    public static final String PROTOCOL = "2025-11-25";

    /** The body of an initialize request of this client. */
    public static final String INITIALIZE = initialize("e2e");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI url;
    private final Optional<String> session;
    private final AtomicLong ids = new AtomicLong(100);

    private McpClient(HttpClient http, URI url, Optional<String> session) {
        this.http = http;
        this.url = url;
        this.session = session;
    }

    /** A client without a session. */
    public static McpClient of(URI url) {
        return new McpClient(http().build(), url, Optional.empty());
    }

    /** A client without a session that uses this TLS configuration. */
    public static McpClient of(URI url, SSLContext tls) {
        return new McpClient(http().sslContext(tls).build(), url, Optional.empty());
    }

    private static HttpClient.Builder http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
    }

    /**
     * A client with its own session.
     *
     * @throws IOException if it gets none; the message shows the response
     */
    public static McpClient connect(URI url) throws IOException {
        return of(url).initialized(INITIALIZE);
    }

    /**
     * This client with a new session; an earlier session does not matter.
     *
     * @throws IOException if it gets none; this client is then closed
     */
    public McpClient initialized(String initialize) throws IOException {
        Reply reply = withSession(Optional.empty()).post(initialize, Map.of());
        if (reply.status() != 200) {
            close();
            throw new IOException("initialize of " + url + " answered " + reply);
        }
        McpClient connected = withSession(reply.header("mcp-session-id"));
        connected.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", Map.of());
        return connected;
    }

    /** The same connection with this session ID. */
    public McpClient withSession(Optional<String> id) {
        return new McpClient(http, url, id);
    }

    public Optional<String> session() {
        return session;
    }

    /** Posts a body and waits for the complete response. */
    public Reply post(String body, Map<String, String> headers) throws IOException {
        return whole(
                request(headers).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    /** Sends any other method without a body. */
    public Reply send(String method, Map<String, String> headers) throws IOException {
        return whole(request(headers)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Posts a body and returns the response while it arrives. */
    public HttpResponse<java.util.stream.Stream<String>> stream(String body, Map<String, String> headers)
            throws IOException {
        return lines(
                request(headers).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    /** Opens the stream for messages outside of calls. */
    public HttpResponse<java.util.stream.Stream<String>> listen(Map<String, String> headers) throws IOException {
        return lines(
                request(headers).setHeader("Accept", "text/event-stream").GET().build());
    }

    private HttpResponse<java.util.stream.Stream<String>> lines(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofLines());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Calls a tool; {@code arguments} is a JSON object. */
    public Reply call(String tool, String arguments) throws IOException {
        return post(callBody(Long.toString(ids.incrementAndGet()), tool, arguments), Map.of());
    }

    /** The body of an initialize request that declares no capabilities. */
    public static String initialize(String clientName) {
        return initialize(clientName, "{}");
    }

    /** The body of an initialize request; {@code capabilities} is a JSON object. */
    public static String initialize(String clientName, String capabilities) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + PROTOCOL
                + "\",\"capabilities\":" + capabilities + ",\"clientInfo\":{\"name\":\"" + clientName
                + "\",\"version\":\"1\"}}}";
    }

    /** The body of a tools/call; {@code id} is JSON. */
    public static String callBody(String id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    /** The tool definitions that the endpoint lists, on all pages. */
    public List<JsonNode> tools() throws IOException {
        List<JsonNode> list = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Reply reply = post(listBody(Long.toString(ids.incrementAndGet()), cursor), Map.of());
            JsonNode result = reply.json().path("result");
            if (!result.path("tools").isArray()) {
                throw new IOException("tools/list answered " + reply);
            }
            result.path("tools").forEach(list::add);
            Optional<String> next =
                    Optional.ofNullable(result.path("nextCursor").textValue());
            if (next.isPresent() && next.equals(cursor)) {
                throw new IOException("tools/list answers the same cursor again: " + next.get());
            }
            cursor = next;
        } while (cursor.isPresent());
        return list;
    }

    /** The body of a tools/list; {@code id} is JSON. */
    public static String listBody(String id, Optional<String> cursor) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("jsonrpc", "2.0").putRawValue("id", new RawValue(id)).put("method", "tools/list");
        cursor.ifPresent(value -> body.putObject("params").put("cursor", value));
        return body.toString();
    }

    /** The names that the endpoint lists, in its order. */
    public List<String> toolNames() throws IOException {
        return tools().stream().map(tool -> tool.path("name").asText()).toList();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(LIMIT)
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json, text/event-stream");
        session.ifPresent(id -> request.setHeader("Mcp-Session-Id", id).setHeader("Mcp-Protocol-Version", PROTOCOL));
        headers.forEach(request::setHeader);
        return request;
    }

    private Reply whole(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
