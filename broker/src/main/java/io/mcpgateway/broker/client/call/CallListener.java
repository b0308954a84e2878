package io.mcpgateway.broker.client.call;

import io.mcpgateway.broker.json.RawJson;

/** Follows the answer to one call; called on the reading thread, which waits meanwhile. */
public interface CallListener {
    /** The server answers with an event stream. */
    void opened();

    /** A message in front of the reply, as the server sent it. */
    void message(RawJson message) throws InterruptedException;
}
