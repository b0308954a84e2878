package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.endpoint.ServerLink.Messages;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.ServerMessages;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams of one gateway session's server sessions, while at least one stream of its client is open here. */
final class SessionListening implements FollowedStream.Reader {
    private static final Logger log = LoggerFactory.getLogger(SessionListening.class);
    /** As many as the store keeps. */
    private static final int MAX_STREAMS = 256;

    /** One stream of the client. */
    record Client(RequestHeaders headers, Messages messages) {}

    private final ServerStreams.Parts parts;
    private final GatewaySession session;
    /** Youngest first: an older one may be one that its client has left, which shows only when it is written to. */
    private final List<Client> clients = new CopyOnWriteArrayList<>();

    private final WatchedResources watched;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Map<SessionStore.Entry, FollowedStream> followed = new HashMap<>();
    private boolean closed;

    private SessionListening(ServerStreams.Parts parts, GatewaySession session) {
        this.parts = parts;
        this.session = session;
        this.watched = new WatchedResources(parts, session, this::delivered);
    }

    /** For its first stream: without one nothing would be followed. */
    static SessionListening start(ServerStreams.Parts parts, GatewaySession session, Client first) {
        SessionListening listening = new SessionListening(parts, session);
        listening.join(first);
        Thread.ofVirtual().name("server-streams").start(listening::watch);
        return listening;
    }

    @Override
    public GatewaySession session() {
        return session;
    }

    void join(Client client) {
        clients.addFirst(client);
    }

    /** Whether it was the last: then this is over. */
    boolean leave(Client client) {
        clients.remove(client);
        if (!clients.isEmpty()) {
            return false;
        }
        lock.lock();
        try {
            closed = true;
            left.signal();
            followed.values().forEach(FollowedStream::stop);
            followed.clear();
        } finally {
            lock.unlock();
        }
        watched.close();
        return true;
    }

    /** Something in the store has changed. */
    void lookNow() {
        lock.lock();
        try {
            left.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The headers for policies to check: those of the newest stream. Empty when this is over. */
    @Override
    public Optional<RequestHeaders> headers() {
        return clients.stream().findFirst().map(Client::headers);
    }

    @Override
    public void take(RawJson message, ServerMessages edits) throws InterruptedException {
        Optional<RawJson> forClient = edits.onClientsStream(message);
        if (forClient.isPresent()) {
            deliver(forClient.get());
        }
    }

    private void deliver(RawJson message) throws InterruptedException {
        if (!delivered(message)) {
            log.debug("server message dropped, its client has disconnected: session={}", session.id());
        }
    }

    private boolean delivered(RawJson message) throws InterruptedException {
        for (Client client : clients) {
            if (client.messages().offer(message)) {
                return true;
            }
        }
        return false;
    }

    void awaitOpen(SessionStore.Entry entry, Duration patience) throws InterruptedException {
        Optional<FollowedStream> stream;
        lock.lock();
        try {
            stream = follow(entry);
        } finally {
            lock.unlock();
        }
        if (stream.isPresent()) {
            stream.get().awaitOpen(patience);
        }
    }

    private void watch() {
        try {
            while (true) {
                Set<SessionStore.Entry> before = followed();
                List<SessionStore.Entry> known = known(before);
                watched.compare(headers());
                lock.lock();
                try {
                    if (closed) {
                        return;
                    }
                    compare(before, known);
                    left.await(parts.timing().lookAgain().toMillis(), TimeUnit.MILLISECONDS);
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("the streams of a session are no longer watched session={}", session.id(), e);
        }
    }

    private Set<SessionStore.Entry> followed() {
        lock.lock();
        try {
            return Set.copyOf(followed.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** @param otherwise the result if the store cannot be read */
    private List<SessionStore.Entry> known(Set<SessionStore.Entry> otherwise) {
        try {
            return parts.store().all(session.id());
        } catch (SessionStoreException unavailable) {
            return List.copyOf(otherwise);
        }
    }

    /**
     * Follows the known sessions, and none that have ended.
     *
     * @param before what was followed before the store was read; sessions opened since then are not in its response
     */
    private void compare(Set<SessionStore.Entry> before, List<SessionStore.Entry> known) {
        Set<SessionStore.Entry> gone = new HashSet<>(before);
        known.forEach(gone::remove);
        followed.values().removeIf(FollowedStream::gaveUp);
        gone.forEach(entry -> Optional.ofNullable(followed.remove(entry)).ifPresent(FollowedStream::stop));
        known.forEach(this::follow);
    }

    /** Empty for a server without sessions, whose messages cannot be for this client, and if there is no room. */
    private Optional<FollowedStream> follow(SessionStore.Entry entry) {
        FollowedStream there = followed.get(entry);
        if (there != null) {
            return Optional.of(there);
        }
        if (closed || entry.serverSession().id().isEmpty() || followed.size() >= MAX_STREAMS) {
            return Optional.empty();
        }
        if (!parts.room().tryAcquire()) {
            log.debug(
                    "stream not opened, too many are open: server={}",
                    entry.server().value());
            return Optional.empty();
        }
        FollowedStream stream = FollowedStream.start(parts, this, entry, Optional.empty());
        followed.put(entry, stream);
        return Optional.of(stream);
    }
}
