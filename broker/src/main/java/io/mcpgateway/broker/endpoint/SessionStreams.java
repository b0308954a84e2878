package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Every open GET stream of this process, by session; bounded. */
public final class SessionStreams {
    /** The result of opening a stream. */
    sealed interface Opening {
        record Opened(SessionStream stream) implements Opening {
            public Opened {
                Objects.requireNonNull(stream, "stream");
            }
        }

        record TooManyOfSession(int limit) implements Opening {}

        /** The process is full, or being stopped. */
        record NoRoom(String reason) implements Opening {
            public NoRoom {
                Objects.requireNonNull(reason, "reason");
            }
        }
    }

    private final int maxStreams;
    private final int maxPerSession;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<GatewaySessionId, Set<SessionStream>> streams = new HashMap<>();
    private int open;
    private boolean stopping;

    public SessionStreams(int maxStreams, int maxPerSession) {
        this.maxStreams = maxStreams;
        this.maxPerSession = maxPerSession;
    }

    Opening open(GatewaySession session, ViewRequest viewRequest) {
        lock.lock();
        try {
            if (stopping) {
                return new Opening.NoRoom("the gateway is being stopped");
            }
            if (open >= maxStreams) {
                return new Opening.NoRoom("the gateway has no room for another stream");
            }
            Set<SessionStream> ofSession = streams.computeIfAbsent(session.id(), id -> new HashSet<>());
            if (ofSession.size() >= maxPerSession) {
                return new Opening.TooManyOfSession(maxPerSession);
            }
            SessionStream stream = new SessionStream(session, viewRequest);
            ofSession.add(stream);
            open++;
            return new Opening.Opened(stream);
        } finally {
            lock.unlock();
        }
    }

    /** To be called once by the stream's own thread when it ends, for whatever reason. */
    void ended(SessionStream stream) {
        lock.lock();
        try {
            Set<SessionStream> ofSession = streams.getOrDefault(stream.session().id(), Set.of());
            if (ofSession.contains(stream)) {
                ofSession.remove(stream);
                open--;
            }
            if (ofSession.isEmpty()) {
                streams.remove(stream.session().id());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends every stream of a session. */
    void close(GatewaySessionId session) {
        List<SessionStream> ofSession;
        lock.lock();
        try {
            ofSession = List.copyOf(streams.getOrDefault(session, Set.of()));
        } finally {
            lock.unlock();
        }
        ofSession.forEach(SessionStream::close);
    }

    /** Ends every stream and opens no more. */
    public void closeAll() {
        lock.lock();
        try {
            stopping = true;
        } finally {
            lock.unlock();
        }
        snapshot().forEach(SessionStream::close);
    }

    void closeStuck(long nanoTime, Duration limit) {
        snapshot().forEach(stream -> stream.closeIfStuck(nanoTime, limit));
    }

    /** Notifies every stream which of its visible lists changed; equal views are compared once. */
    void listChanged(Function<ViewRequest, Set<CapabilityKind>> changed) {
        Map<ViewRequest, Set<CapabilityKind>> answers = new HashMap<>();
        for (SessionStream stream : snapshot()) {
            stream.listChanged(answers.computeIfAbsent(stream.viewRequest(), changed));
        }
    }

    /** How many are open now. */
    public int size() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    private List<SessionStream> snapshot() {
        lock.lock();
        try {
            return streams.values().stream().flatMap(Set::stream).toList();
        } finally {
            lock.unlock();
        }
    }
}
