package io.mcpgateway.broker.client;

import io.mcpgateway.broker.sse.SseDecoder;
import io.mcpgateway.broker.sse.SseEvent;
import java.io.IOException;
import java.io.InputStream;

/** Reads a stream of events to its end, whatever they say. */
final class EventReader {
    private static final int CHUNK = 4 * 1024;

    private EventReader() {}

    static ListenOutcome read(InputStream body, int maxEventBytes, EventListener listener)
            throws IOException, InterruptedException {
        SseDecoder decoder = SseDecoder.withLimit(maxEventBytes);
        byte[] chunk = new byte[CHUNK];
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            for (SseEvent event : decoder.decode(chunk, 0, read)) {
                listener.event(event);
            }
            decoder.retry().ifPresent(listener::retryAfter);
            if (decoder.overflowed()) {
                return new ListenOutcome.Failed(new McpOutcome.ProtocolViolation(
                        "an event is larger than the limit of " + maxEventBytes + " bytes"));
            }
        }
        return new ListenOutcome.Closed();
    }
}
