package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.ByteOrderMark;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
        FirstIdScan scan = new FirstIdScan(withoutMark(message));
        ObjectMembers.read(scan.json, scan);
        return scan.id == null ? JsonRpcId.NONE : scan.id;
    }

    private static final class FirstIdScan implements ObjectMembers.Visitor {
        private final byte[] json;
        private @Nullable JsonRpcId id;

        private FirstIdScan(byte[] json) {
            this.json = json;
        }

        @Override
        public boolean visit(String name, JsonParser value) throws IOException {
            if (name.equals("result") || name.equals("error")) {
                return none();
            }
            if (!name.equals("id")) {
                return true;
            }
            JsonToken token = value.currentToken();
            if (id != null || !(token == JsonToken.VALUE_STRING || token.isNumeric())) {
                return none();
            }
            int start = JsonSlices.tokenStart(value);
            int end = JsonSlices.valueEnd(value);
            if (end == json.length) {
                return none(); // a number that ends with the bytes may have been longer
            }
            id = new JsonRpcId(RawJson.of(json, start, end).toString());
            return true;
        }

        private boolean none() {
            id = null;
            return false;
        }
    }

    private static byte[] withoutMark(byte[] message) {
        int mark = ByteOrderMark.length(message);
        return mark > 0 ? Arrays.copyOfRange(message, mark, message.length) : message;
    }
}
