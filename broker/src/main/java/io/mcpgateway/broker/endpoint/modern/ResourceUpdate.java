package io.mcpgateway.broker.endpoint.modern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import java.io.IOException;
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
public record ResourceUpdate(String uri, String meta, String params) {
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
        return message.read(json -> {
            UpdateReading reading = new UpdateReading(json);
            ObjectMembers.End end = ObjectMembers.read(json, ObjectMembers.inside("params", reading::visitParam));
            return end == ObjectMembers.End.BROKEN ? Optional.empty() : reading.result();
        });
    }

    /** The message for this subscription. */
    RawJson message(JsonRpcId subscription) {
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + McpMethod.RESOURCE_UPDATED.wireName()
                + "\",\"params\":{\"_meta\":{" + JsonText.quote(McpMeta.SUBSCRIPTION_ID) + ':' + subscription.json()
                + meta
                + "},\"uri\":" + JsonText.quote(uri) + params + "}}");
    }

    /** The message for a legacy client, which subscribes by another request. */
    public RawJson messageWithoutSubscription() {
        String kept = meta.isEmpty() ? "" : "\"_meta\":{" + meta.substring(1) + "},";
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + McpMethod.RESOURCE_UPDATED.wireName()
                + "\",\"params\":{" + kept + "\"uri\":" + JsonText.quote(uri) + params + "}}");
    }

    private static final class UpdateReading {
        private final byte[] json;
        private final StringBuilder meta = new StringBuilder();
        private final StringBuilder params = new StringBuilder();
        private Optional<String> uri = Optional.empty();

        private UpdateReading(byte[] json) {
            this.json = json;
        }

        private Optional<ResourceUpdate> result() {
            return uri.map(known -> new ResourceUpdate(known, meta.toString(), params.toString()));
        }

        private boolean visitParam(String name, JsonParser value) throws IOException {
            if (name.equals("uri")) {
                uri = value.currentToken() == JsonToken.VALUE_STRING ? Optional.of(value.getText()) : Optional.empty();
            } else if (name.equals(McpMeta.MEMBER) && value.currentToken() == JsonToken.START_OBJECT) {
                return ObjectMembers.within(value, this::visitMeta);
            } else {
                keep(params, name, value);
            }
            return true;
        }

        private boolean visitMeta(String name, JsonParser value) throws IOException {
            if (!name.startsWith(McpMeta.PREFIX)) {
                keep(meta, name, value);
            }
            return true;
        }

        private void keep(StringBuilder members, String name, JsonParser value) throws IOException {
            members.append(',').append(JsonText.quote(name)).append(':').append(JsonSlices.slice(value, json));
        }
    }
}
