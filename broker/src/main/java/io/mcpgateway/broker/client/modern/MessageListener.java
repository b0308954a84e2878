package io.mcpgateway.broker.client.modern;

import io.mcpgateway.broker.json.RawJson;

/** Gets what a server sends before its response; called on the reading thread, which waits meanwhile. */
@FunctionalInterface
public interface MessageListener {
    /** For requests that are only about their result. */
    MessageListener NONE = (_, _) -> {};

    /**
     * Takes one notification.
     *
     * @param message the whole of it, byte for byte
     */
    void notified(String method, RawJson message) throws InterruptedException;
}
