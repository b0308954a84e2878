package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A request that can be sent to several hosts.
 *
 * @param line HTTP method and path
 * @param headers complete lines, without {@code Host} and length
 * @param asked whether Envoy asks the router about it even at the public host
 */
record SentRequest(String label, String line, List<String> headers, String body, boolean asked) {
    private static final Set<String> OF_ONE_RESPONSE =
            Set.of("date", "x-envoy-upstream-service-time", "content-length", "transfer-encoding", "connection");

    static SentRequest withoutMessage(String line, String... headers) {
        return new SentRequest(line + " " + List.of(headers), line, List.of(headers), "", false);
    }

    static SentRequest message(String method, String... headers) {
        return post("/mcp", method, ModernClient.body("\"my-id\"", method, ""), headers);
    }

    static SentRequest post(String path, String method, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of("Mcp-Protocol-Version: 2026-07-28", "Mcp-Method: " + method));
        if (Stream.of(headers).noneMatch(header -> header.startsWith("Content-Type"))) {
            all.add("Content-Type: application/json");
        }
        if (Stream.of(headers).noneMatch(header -> header.startsWith("Accept"))) {
            all.add("Accept: application/json, text/event-stream");
        }
        all.addAll(List.of(headers));
        String start = body.substring(0, Math.min(60, body.length()));
        return new SentRequest(path + " " + method + " " + List.of(headers) + start, "POST " + path, all, body, false);
    }

    SentRequest without(String header) {
        return new SentRequest(
                label,
                line,
                headers.stream().filter(one -> !one.startsWith(header + ":")).toList(),
                body,
                asked);
    }

    SentRequest whichIsAsked() {
        return new SentRequest(label, line, headers, body, true);
    }

    @Override
    public String toString() {
        return label;
    }

    Reply to(int port, String host) throws IOException {
        List<String> all = new ArrayList<>(List.of("Host: " + host + ":" + port));
        all.addAll(headers);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (line.startsWith("POST")) {
            all.add("Content-Length: " + bytes.length);
        }
        return RawHttp.exchange(port, line + " HTTP/1.1", all, bytes);
    }

    /** Status and headers, without those that differ from one response to the next, or say how the body is framed. */
    static Map<String, Object> comparable(Reply reply) {
        Map<String, Object> parts = new TreeMap<>(reply.headers());
        parts.keySet().removeAll(OF_ONE_RESPONSE);
        parts.put(":status", reply.status());
        return parts;
    }
}
