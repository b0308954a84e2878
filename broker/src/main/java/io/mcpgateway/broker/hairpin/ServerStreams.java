package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.endpoint.ServerLink.Listening;
import io.mcpgateway.broker.endpoint.ServerLink.Messages;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.network.Backoff;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.SessionStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The streams that servers offer outside of calls (MCP 2025-11-25, Transports, "Listening for Messages from the
 * Server"). While a client has such a stream of ours open, we have one open in each of its server sessions, those that
 * are made meanwhile included: at once if they are made by this process, within {@link Timing#lookAgain} if another
 * replica made them.
 */
public final class ServerStreams {
    /** Of all sessions together; further ones are not opened until there is room. */
    private static final int MAX_STREAMS = 20_000;

    /**
     * How patient it is.
     *
     * @param lookAgain between two looks into the store for what other replicas made
     * @param retries pauses after a stream that ended
     */
    record Timing(Duration lookAgain, Backoff retries) {
        static final Timing DEFAULT =
                new Timing(Duration.ofSeconds(5), new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)));
    }

    /** What every session's streams work with. */
    record Parts(
            ServerAccess access,
            SessionStore store,
            ServerRequestIds ids,
            ServerSubscriptions subscriptions,
            Timing timing,
            Semaphore room) {}

    private final Parts parts;
    /** Bounded by the streams of clients. */
    private final ConcurrentMap<GatewaySessionId, SessionListening> sessions = new ConcurrentHashMap<>();

    /** Streams by this access, and subscriptions at modern servers. */
    public ServerStreams(
            ServerAccess access, SessionStore store, ServerRequestIds ids, ServerSubscriptions subscriptions) {
        this(new Parts(access, store, ids, subscriptions, Timing.DEFAULT, new Semaphore(MAX_STREAMS)));
    }

    ServerStreams(Parts parts) {
        this.parts = parts;
    }

    Listening listen(RequestHeaders client, GatewaySession session, Messages messages) {
        return ResumedCall.start(parts, client, session, messages, () -> join(client, session, messages))
                .orElseGet(() -> join(client, session, messages));
    }

    private Listening join(RequestHeaders client, GatewaySession session, Messages messages) {
        SessionListening.Client listener = new SessionListening.Client(client, messages);
        AtomicReference<SessionListening> joined = new AtomicReference<>();
        sessions.compute(session.id(), (id, there) -> {
            if (there == null) {
                joined.set(SessionListening.start(parts, session, listener));
            } else {
                there.join(listener);
                joined.set(there);
            }
            return joined.get();
        });
        SessionListening mine = Objects.requireNonNull(joined.get());
        return () -> sessions.computeIfPresent(
                session.id(), (_, there) -> there == mine && there.leave(listener) ? null : there);
    }

    /** To be told when a client watches other resources than before; other processes see it when they look again. */
    public void watchedChanged(GatewaySessionId session) {
        SessionListening listening = sessions.get(session);
        if (listening != null) {
            listening.lookNow();
        }
    }

    /**
     * To be told of each server session that this process makes, once it is in the store. Returns when its stream is
     * open, if its client listens here, or turns out not to be offered, or after {@code patience}: a server may ask
     * something there while it runs its first call.
     */
    void made(GatewaySessionId session, SessionStore.Entry entry, Duration patience) throws InterruptedException {
        SessionListening listening = sessions.get(session);
        if (listening != null) {
            listening.awaitOpen(entry, patience);
        }
    }
}
