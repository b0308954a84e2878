package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Requests as clients send them that speak MCP 2026-07-28. */
final class ModernRequest {
    private static final String VERSION = ProtocolVersions.MODERN.getLast();
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + VERSION
            + "\",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"t\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private ModernRequest() {}

    /**
     * The whole message.
     *
     * @param id as JSON
     * @param params further members, if any, as JSON
     */
    static String body(String id, String method, String... params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + META
                + (params.length == 0 ? "" : "," + String.join(",", params)) + "}}";
    }

    /** A stream that was asked for, its response not read yet. */
    static RawClient listen(int port, String id, String params, List<String> headerLines) throws IOException {
        return listen(port, body(id, McpMethod.LISTEN.wireName(), params), headerLines);
    }

    /** The same with a message of the test's own. */
    static RawClient listen(int port, String body, List<String> headerLines) throws IOException {
        String method = McpMethod.LISTEN.wireName();
        StringBuilder head = new StringBuilder("POST /mcp HTTP/1.1\nHost: h\nContent-Type: application/json\n");
        String[] headers = headers(method);
        for (int index = 0; index < headers.length; index += 2) {
            head.append(headers[index]).append(": ").append(headers[index + 1]).append('\n');
        }
        headerLines.forEach(line -> head.append(line).append('\n'));
        return new RawClient(port)
                .send(head + "Content-Length: " + body.length() + "\n\n")
                .send(body);
    }

    /** The headers for it, names and values in turn, and more of them. */
    static String[] headers(String method, String... more) {
        List<String> headers = new ArrayList<>(List.of(
                "MCP-Protocol-Version",
                VERSION,
                "Mcp-Method",
                method,
                "Accept",
                "application/json, text/event-stream"));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }
}
