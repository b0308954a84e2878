package io.mcpgateway.broker.sse;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.MessageSpans;
import java.util.List;
import java.util.Objects;

/**
 * Of an event stream only the reply in it, as the JSON that it is: for clients that take no event stream. What else the
 * server says on the way (progress, log messages) has no place in such an answer.
 */
public final class SingleAnswerRewriter implements StreamEdit {
    private static final byte[] NOTHING = {};

    private final SseDecoder decoder;
    private final RawJson otherwise;
    private boolean found;

    private SingleAnswerRewriter(SseDecoder decoder, RawJson otherwise) {
        this.decoder = decoder;
        this.otherwise = Objects.requireNonNull(otherwise, "otherwise");
    }

    /**
     * For one stream.
     *
     * @param otherwise what goes on if there is no reply in the stream, or one that is too large
     */
    public static SingleAnswerRewriter of(RawJson otherwise) {
        return new SingleAnswerRewriter(SseDecoder.withLimit(EventStreams.MAX_EVENT_BYTES), otherwise);
    }

    @Override
    public byte[] pass(byte[] chunk, int from, int to) {
        return found ? NOTHING : firstReply(decoder.decode(chunk, from, to));
    }

    @Override
    public byte[] finish() {
        if (found) {
            return NOTHING;
        }
        byte[] last = firstReply(decoder.finish().map(List::of).orElse(List.of()));
        return found ? last : otherwise.bytes();
    }

    private byte[] firstReply(List<SseEvent> events) {
        for (SseEvent event : events) {
            RawJson message = RawJson.of(event.data());
            if (event.isMessage() && MessageSpans.isReply(message)) {
                found = true;
                return message.bytes();
            }
        }
        return NOTHING;
    }
}
