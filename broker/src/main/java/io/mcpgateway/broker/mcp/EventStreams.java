package io.mcpgateway.broker.mcp;

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
        return headers.first("content-type")
                        .map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                        .orElse(false)
                && headers.all("content-encoding").stream().allMatch("identity"::equalsIgnoreCase);
    }

    public static SseRewriter rewriter(MessageEdit edit) {
        return SseRewriter.of(edit, MAX_EVENT_BYTES);
    }
}
