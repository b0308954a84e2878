package io.mcpgateway.broker.extproc;

import com.google.protobuf.ByteString;
import io.mcpgateway.broker.mcp.RawJson;

/** The request body so far: bounded in bytes and in pieces, each of which has to be answered. */
record ReceivedBody(ByteString bytes, int chunks, int maxBytes) {
    /** Far more than a connection's reads can cut a body into; stops endless empty pieces. */
    static final int MAX_CHUNKS = 65_536;

    static ReceivedBody empty(int maxBytes) {
        return new ReceivedBody(ByteString.EMPTY, 0, maxBytes);
    }

    /** Keeps the next piece without copying. */
    ReceivedBody plus(ByteString chunk) {
        return new ReceivedBody(bytes.concat(chunk), chunks + 1, maxBytes);
    }

    /** Whether it may still be taken; if not, it must not be added to. */
    boolean withinBounds() {
        return bytes.size() <= maxBytes && chunks <= MAX_CHUNKS;
    }

    RawJson json() {
        return RawJson.of(bytes.toByteArray());
    }
}
