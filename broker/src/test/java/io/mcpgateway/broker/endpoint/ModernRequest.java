package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.mcp.ProtocolVersions;
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
