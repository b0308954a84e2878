package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code notifications/resources/updated} on its way from one subscription to another: the ID of the first one goes, as
 * does everything of MCP's own in {@code _meta}; all else stays byte for byte. Pure.
 *
 * @param uri of the resource that has changed
 * @param meta the other members of {@code _meta}, each with a comma in front
 * @param params the other members of {@code params}, in the same way
 */
public record ResourceUpdate(String uri, String meta, String params) implements ServerUpdate {
    public ResourceUpdate {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(meta, "meta");
        Objects.requireNonNull(params, "params");
    }

    /** Of a resource that may have changed. */
    public static ResourceUpdate of(String uri) {
        return new ResourceUpdate(uri, "", "");
    }

    /** Empty if the message names no resource. */
    public static Optional<ResourceUpdate> read(RawJson message) {
        return UpdateReading.of(message, "uri")
                .flatMap(reading ->
                        reading.name().map(uri -> new ResourceUpdate(uri, reading.meta(), reading.params())));
    }

    /** The message for this subscription. */
    RawJson message(JsonRpcId subscription) {
        return UpdateReading.message(McpMethod.RESOURCE_UPDATED, subscription, meta, "uri", uri, params);
    }

    /** The message for a legacy client, which subscribes by another request. */
    public RawJson messageWithoutSubscription() {
        String kept = meta.isEmpty() ? "" : "\"_meta\":{" + meta.substring(1) + "},";
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + McpMethod.RESOURCE_UPDATED.wireName()
                + "\",\"params\":{" + kept + "\"uri\":" + JsonText.quote(uri) + params + "}}");
    }
}
