package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A client that sends a token with every request. */
record Caller(McpClient client, String token) implements AutoCloseable {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";

    /** The result of initialize. */
    static Reply initialize(URI url, String token) throws IOException {
        try (Caller caller = new Caller(McpClient.of(url), token)) {
            return caller.post(McpClient.INITIALIZE, Map.of());
        }
    }

    /** Starts its own session. */
    static Caller connect(URI url, String token) throws IOException {
        Caller caller = new Caller(McpClient.of(url), token);
        Reply reply = caller.post(McpClient.INITIALIZE, Map.of());
        Optional<String> session = reply.header("mcp-session-id");
        if (reply.status() != 200 || session.isEmpty()) {
            caller.close();
            throw new IOException("initialize of " + url + " answered " + reply);
        }
        return new Caller(caller.client.withSession(session), token);
    }

    /** The same session with another token. */
    Caller with(String other) {
        return new Caller(client, other);
    }

    Reply call(String tool) throws IOException {
        return call(tool, Map.of());
    }

    Reply call(String tool, Map<String, String> headers) throws IOException {
        return post(McpClient.callBody("9", tool, "{\"name\":\"e2e\"}"), headers);
    }

    Reply list(Map<String, String> headers) throws IOException {
        return post(LIST, headers);
    }

    /** The names in the response, or whatever was returned instead. */
    List<String> toolNames(Map<String, String> headers) throws IOException {
        Reply reply = list(headers);
        if (reply.status() != 200) {
            return List.of(reply.toString());
        }
        return StreamSupport.stream(reply.json().at("/result/tools").spliterator(), false)
                .map(tool -> tool.path("name").asText())
                .toList();
    }

    private Reply post(String body, Map<String, String> headers) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        return client.post(body, all);
    }

    @Override
    public void close() {
        client.close();
    }
}
