package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.ByteOrderMark;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The id that a refusal carries when the message itself was not, or cannot be, accepted: clients find the request that
 * failed by it. Read as far as the bytes allow; what turns out to be a reply has no id that is ours to repeat.
 */
public final class ReadableId {
    private ReadableId() {}

    /** Never throws; {@link JsonRpcId#NONE} if there is no id, or it is none, or there are two. */
    public static JsonRpcId of(RawJson message) {
        return message.read(ReadableId::of);
    }

    static JsonRpcId of(byte[] message) {
        byte[] json = withoutMark(message);
        Optional<JsonRpcId> id = Optional.empty();
        try (JsonParser parser = JsonSlices.openObject(json)) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("result") || name.equals("error")) {
                    return JsonRpcId.NONE;
                }
                if (name.equals("id")) {
                    if (id.isPresent() || !(value == JsonToken.VALUE_STRING || value.isNumeric())) {
                        return JsonRpcId.NONE;
                    }
                    int start = JsonSlices.tokenStart(parser);
                    int end = JsonSlices.valueEnd(parser);
                    if (end == json.length) {
                        return JsonRpcId.NONE; // a number that ends with the bytes may have been longer
                    }
                    id = Optional.of(new JsonRpcId(RawJson.of(json, start, end).toString()));
                }
                parser.skipChildren();
            }
        } catch (IOException | ArithmeticException endsHere) {
            return id.orElse(JsonRpcId.NONE);
        }
        return id.orElse(JsonRpcId.NONE);
    }

    private static byte[] withoutMark(byte[] message) {
        int mark = ByteOrderMark.length(message);
        return mark > 0 ? Arrays.copyOfRange(message, mark, message.length) : message;
    }
}
