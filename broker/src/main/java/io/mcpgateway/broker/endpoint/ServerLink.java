package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionStore;
import java.util.List;
import java.util.Set;

/**
 * What the endpoint has to tell the server sessions of a gateway session. Nothing here throws for what a server does
 * or does not do: the client's own request succeeds regardless. {@code client} are the headers of that request, so that
 * the policies on each server's route judge the client.
 */
public interface ServerLink {
    /** A client ended the gateway session that had these: end them too. Returns at once. */
    void ended(RequestHeaders client, GatewaySessionId session, List<SessionStore.Entry> serverSessions);

    /**
     * Passes a client's notification on to every server session, as it is. Returns when all have it, or after a short
     * bounded time, so that the next notification does not overtake this one.
     *
     * @param method of the notification
     */
    void notified(RequestHeaders client, GatewaySessionId session, String method, RawJson message);

    /**
     * Sets the level of log messages in the session's server sessions at these servers. Returns when all have it, or
     * after a short bounded time. Whoever makes another server session has to look into the store.
     */
    void logLevelSet(RequestHeaders client, GatewaySessionId session, LogLevel level, Set<ServerKey> servers);

    /**
     * What the session's server sessions say outside of calls goes to {@code messages}, until the result is closed. Of
     * several listeners of a session each message reaches one: the youngest that takes it. If the client comes back for
     * the answer to a call whose stream broke off, and it is certain which server that was, what it gets is the rest of
     * that stream.
     */
    Listening listen(RequestHeaders client, GatewaySession session, Messages messages);

    /** Where the messages of servers go. */
    @FunctionalInterface
    interface Messages {
        /** Waits for room; answers whether the message was taken. */
        boolean offer(RawJson message) throws InterruptedException;

        /** The same for the answer that the client came back for: nothing follows it. */
        default boolean conclude(RawJson answer) throws InterruptedException {
            return offer(answer);
        }
    }

    /** A listener that can be dismissed. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
