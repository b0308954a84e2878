package io.mcpgateway.broker.client;

import io.mcpgateway.broker.sse.SseEvent;
import java.time.Duration;

/** Who follows a server's stream of events; called on the reading thread, which waits meanwhile. */
public interface EventListener {
    /** The server has opened the stream. */
    void opened();

    /** Every event in order, those without text too: they may carry an id to go on from. */
    void event(SseEvent event) throws InterruptedException;

    /** The server wants this pause before the next attempt. */
    void retryAfter(Duration pause);
}
