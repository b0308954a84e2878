package io.mcpgateway.broker.extproc;

import com.google.protobuf.ByteString;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.List;

/**
 * The request body so far: bounded in bytes and in pieces, each of which has to be answered.
 *
 * @param declared the content-length of the request; -1 without a usable one
 */
record ReceivedBody(ByteString bytes, int chunks, int maxBytes, long declared) {
    /** Far more than a connection's reads can cut a body into; stops endless empty pieces. */
    static final int MAX_CHUNKS = 65_536;

    private static final int MAX_DIGITS = 18;

    static ReceivedBody expected(RequestHeaders headers, int maxBytes) {
        return new ReceivedBody(ByteString.EMPTY, 0, maxBytes, declared(headers.all("content-length")));
    }

    /** Keeps the next piece without copying. */
    ReceivedBody plus(ByteString chunk) {
        return new ReceivedBody(bytes.concat(chunk), chunks + 1, maxBytes, declared);
    }

    /** Whether it may still be taken; if not, it must not be added to. */
    boolean withinBounds() {
        return bytes.size() <= maxBytes && chunks <= MAX_CHUNKS;
    }

    /**
     * Whether every declared byte is there. Without an end of stream this means that trailers follow, which Envoy sends
     * only after our reply to the body, so waiting for them would never end.
     */
    boolean hasDeclaredLength() {
        return bytes.size() == declared;
    }

    RawJson json() {
        return RawJson.owning(bytes.toByteArray());
    }

    private static long declared(List<String> values) {
        if (values.size() != 1) {
            return -1;
        }
        String value = values.getFirst();
        return isNumber(value) ? Long.parseLong(value) : -1;
    }

    private static boolean isNumber(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= MAX_DIGITS;
    }
}
