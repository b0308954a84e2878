package io.mcpgateway.broker.http;

import java.io.IOException;

/** Answers requests, each on its own virtual thread, so it may block. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers once, with {@link HttpExchange#answer} or {@link HttpExchange#stream}.
     *
     * @throws IOException if the connection broke, or must be broken because a stream cannot be completed
     * @throws InterruptedException if the listener stops
     */
    void handle(HttpExchange exchange) throws IOException, InterruptedException;
}
