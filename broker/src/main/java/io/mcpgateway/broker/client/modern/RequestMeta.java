package io.mcpgateway.broker.client.modern;

import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request says of itself and of its client (MCP 2026-07-28, "General fields", {@code _meta}).
 *
 * @param protocolVersion the revision of the request
 * @param clientInfo a JSON object
 * @param clientCapabilities a JSON object: what the server may ask for
 * @param logLevel the least severe log message that the server may send while the request runs; without it none
 */
public record RequestMeta(
        String protocolVersion, RawJson clientInfo, RawJson clientCapabilities, Optional<String> logLevel) {
    public RequestMeta {
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(clientInfo, "clientInfo");
        Objects.requireNonNull(clientCapabilities, "clientCapabilities");
        Objects.requireNonNull(logLevel, "logLevel");
    }

    /** Says the same of the client as in {@code initialize}. */
    public static RequestMeta of(InitializeParams params, String protocolVersion) {
        return new RequestMeta(
                protocolVersion, params.clientInfo(), params.features().declared(), Optional.empty());
    }

    /** The object {@code _meta}. */
    public RawJson json() {
        return RawJson.of("{\"" + McpMeta.PROTOCOL_VERSION + "\":" + JsonText.quote(protocolVersion) + ",\""
                + McpMeta.CLIENT_INFO + "\":" + clientInfo + ",\"" + McpMeta.CLIENT_CAPABILITIES + "\":"
                + clientCapabilities
                + logLevel.map(level -> ",\"" + McpMeta.LOG_LEVEL + "\":" + JsonText.quote(level))
                        .orElse("")
                + "}");
    }
}
