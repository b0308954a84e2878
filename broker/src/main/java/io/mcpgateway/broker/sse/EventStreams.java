package io.mcpgateway.broker.sse;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.Locale;

/** Which answers are event streams that the gateway can read, and how it reads them. */
public final class EventStreams {
    /**
     * Largest message of a server that is changed. Longer ones pass as they are; replies and notifications of any length
     * do so anyway.
     */
    public static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;

    private EventStreams() {}

    /** By the headers of the answer: an event stream, not compressed. */
    public static boolean isReadable(RequestHeaders headers) {
        return headers.first(StandardHeaders.CONTENT_TYPE)
                        .map(type -> type.toLowerCase(Locale.ROOT).startsWith(MediaTypes.EVENT_STREAM))
                        .orElse(false)
                && headers.all(StandardHeaders.CONTENT_ENCODING).stream().allMatch("identity"::equalsIgnoreCase);
    }

    public static SseRewriter rewriter(MessageEdit edit) {
        return SseRewriter.of(edit, MAX_EVENT_BYTES);
    }
}
