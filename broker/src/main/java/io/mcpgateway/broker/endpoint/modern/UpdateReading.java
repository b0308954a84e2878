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
import java.util.Optional;

/**
 * One notification on its way from one subscription to another, read and written: the ID of the first subscription goes, as
 * does everything of MCP's own in {@code _meta}; all else stays byte for byte.
 */
final class UpdateReading {
    private final byte[] json;
    private final String nameMember;
    private final StringBuilder meta = new StringBuilder();
    private final StringBuilder params = new StringBuilder();
    private Optional<String> name = Optional.empty();

    private UpdateReading(byte[] json, String nameMember) {
        this.json = json;
        this.nameMember = nameMember;
    }

    /**
     * Empty if the bytes are no message.
     *
     * @param nameMember which member of {@code params} says what the notification is about
     */
    static Optional<UpdateReading> of(RawJson message, String nameMember) {
        return message.read(bytes -> {
            UpdateReading reading = new UpdateReading(bytes, nameMember);
            ObjectMembers.End end = ObjectMembers.read(bytes, ObjectMembers.inside("params", reading::visitParam));
            return end == ObjectMembers.End.BROKEN ? Optional.empty() : Optional.of(reading);
        });
    }

    /** The same of a result that a notification can be made of: what only results have goes. */
    static Optional<UpdateReading> ofResult(RawJson result, String nameMember, String resultType) {
        return result.read(bytes -> {
            UpdateReading reading = new UpdateReading(bytes, nameMember);
            ObjectMembers.End end = ObjectMembers.read(
                    bytes, (name, value) -> name.equals(resultType) || reading.visitParam(name, value));
            return end == ObjectMembers.End.BROKEN ? Optional.empty() : Optional.of(reading);
        });
    }

    /** The notification for a subscription. */
    static RawJson message(
            McpMethod method, JsonRpcId subscription, String meta, String nameMember, String name, String params) {
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + method.wireName() + "\",\"params\":{\"_meta\":{"
                + JsonText.quote(McpMeta.SUBSCRIPTION_ID) + ':' + subscription.json() + meta + "},"
                + JsonText.quote(nameMember)
                + ':' + JsonText.quote(name) + params + "}}");
    }

    /** What it is about, if it says so. */
    Optional<String> name() {
        return name;
    }

    /** The other members of {@code _meta}, each with a comma in front. */
    String meta() {
        return meta.toString();
    }

    /** The other members of {@code params}, in the same way. */
    String params() {
        return params.toString();
    }

    private boolean visitParam(String member, JsonParser value) throws IOException {
        if (member.equals(nameMember)) {
            name = value.currentToken() == JsonToken.VALUE_STRING ? Optional.of(value.getText()) : Optional.empty();
        } else if (member.equals(McpMeta.MEMBER) && value.currentToken() == JsonToken.START_OBJECT) {
            return ObjectMembers.within(value, this::visitMeta);
        } else {
            keep(params, member, value);
        }
        return true;
    }

    private boolean visitMeta(String member, JsonParser value) throws IOException {
        if (!member.startsWith(McpMeta.PREFIX)) {
            keep(meta, member, value);
        }
        return true;
    }

    private void keep(StringBuilder members, String member, JsonParser value) throws IOException {
        members.append(',').append(JsonText.quote(member)).append(':').append(JsonSlices.slice(value, json));
    }
}
