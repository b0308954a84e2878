package io.mcpgateway.broker.client;

import io.mcpgateway.broker.sse.SseEvent;
import java.time.Duration;

/** Follows a server's stream of events; called on the reading thread, which waits meanwhile. */
public interface EventListener {
    /** The server has opened the stream. */
    void opened();

    /** Every event in order, including those without text, which may have an ID to resume from. */
    void event(SseEvent event) throws InterruptedException;

    /** Whether the rest of the stream is of use; asked after each event. */
    default boolean wantsMore() {
        return true;
    }

    /** The server asks for this pause before the next attempt. */
    void retryAfter(Duration pause);
}
