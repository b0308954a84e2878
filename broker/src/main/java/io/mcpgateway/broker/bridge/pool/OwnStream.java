package io.mcpgateway.broker.bridge.pool;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.client.EventListener;
import io.mcpgateway.broker.client.EventReader;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.client.call.CallListener;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.network.Backoff;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.sse.SseEvent;
import io.mcpgateway.broker.translation.LegacyMessage;
import io.mcpgateway.broker.translation.ServerAsk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of a session on which a server says what belongs to no call (MCP 2025-11-25, "Listening for Messages from
 * the Server"). Many servers also ask there what they want to know for a call: the only call of the session takes that.
 * It is opened when somebody wants to hear it, and taken up again after its last event while somebody does.
 */
final class OwnStream {
    private static final Logger log = LoggerFactory.getLogger(OwnStream.class);
    /** How long a call waits for it: servers forget what they say while nobody listens. */
    private static final Duration OPENING = Duration.ofSeconds(1);
    /** How long a subscription waits for it. Its client has to be told within three seconds what the server tells of. */
    private static final Duration WATCHING = Duration.ofSeconds(2);

    private static final Backoff RETRIES = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));
    private static final RawJson EMPTY = RawJson.of("{}");
    private static final JsonRpcError UNKNOWN = new JsonRpcError(JsonRpcCodes.METHOD_NOT_FOUND, "Method not found");

    private final Supplier<SessionDoor> door;
    private final GatewaySessionId affinity;
    private final ServerSession session;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<CallListener> calls = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    /** Completed once the stream is open, or is known not to be. */
    private CompletableFuture<Boolean> tried = new CompletableFuture<>();

    private @Nullable Thread reader;
    private boolean silent;
    private boolean ended;

    OwnStream(Supplier<SessionDoor> door, GatewaySessionId affinity, ServerSession session) {
        this.door = door;
        this.affinity = affinity;
        this.session = session;
        this.silent = session.id().isEmpty();
    }

    /** A call begins; returns when the stream is open, or the call must not wait any longer. */
    void join(CallListener call) throws InterruptedException {
        lock.lock();
        try {
            calls.add(call);
        } finally {
            lock.unlock();
        }
        listen(OPENING);
    }

    void leave(CallListener call) {
        lock.lock();
        try {
            calls.remove(call);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server has such a stream, as far as that is known by then. */
    boolean join(Watcher watcher) throws InterruptedException {
        lock.lock();
        try {
            watchers.add(watcher);
        } finally {
            lock.unlock();
        }
        return listen(WATCHING);
    }

    void leave(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    /** The session has ended. */
    void end() {
        lock.lock();
        try {
            ended = true;
            if (reader != null) {
                reader.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean listen(Duration patience) throws InterruptedException {
        CompletableFuture<Boolean> attempt;
        lock.lock();
        try {
            if (silent || ended) {
                return false;
            }
            if (reader == null) {
                tried = new CompletableFuture<>();
                reader = Thread.ofVirtual().name("pool-stream").start(this::run);
            }
            attempt = tried;
        } finally {
            lock.unlock();
        }
        try {
            return attempt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return false;
        } catch (ExecutionException never) {
            throw new IllegalStateException("it is only ever completed with a value", never);
        }
    }

    private void run() {
        try {
            int failures = 0;
            boolean again = true;
            EventReader.Progress place = new EventReader.Progress();
            while (again) {
                begin();
                Reader stream = new Reader(place);
                Optional<String> from = place.now().lastId();
                ListenOutcome outcome = door.get().follow(affinity, session, from, stream);
                failures = stream.wasOpened ? 0 : failures + 1;
                if (from.isPresent() && outcome instanceof ListenOutcome.NotOffered) {
                    // It may only be the event that the server does not know any more.
                    place.forget();
                    outcome = new ListenOutcome.Closed();
                }
                again = goesOn(outcome);
                if (again) {
                    Thread.sleep(RETRIES.after(failures, place.now().pause()));
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            log.error("stream of a session broke", bug);
        } finally {
            over();
        }
    }

    private void begin() {
        lock.lock();
        try {
            if (tried.isDone()) {
                tried = new CompletableFuture<>();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean goesOn(ListenOutcome outcome) {
        lock.lock();
        try {
            tried.complete(false);
            silent |= outcome instanceof ListenOutcome.NotOffered;
            boolean goesOn = !silent && !ended && !(calls.isEmpty() && watchers.isEmpty());
            if (!goesOn) {
                reader = null;
            }
            return goesOn;
        } finally {
            lock.unlock();
        }
    }

    private void over() {
        List<Watcher> left;
        lock.lock();
        try {
            if (Thread.currentThread().equals(reader)) {
                tried.complete(false);
                reader = null;
            }
            left = silent || ended ? List.copyOf(watchers) : List.of();
        } finally {
            lock.unlock();
        }
        left.forEach(Watcher::ended);
    }

    private void dispatch(RawJson message) throws InterruptedException {
        List<CallListener> underWay;
        List<Watcher> watching;
        lock.lock();
        try {
            underWay = List.copyOf(calls);
            watching = List.copyOf(watchers);
        } finally {
            lock.unlock();
        }
        LegacyMessage kind = LegacyMessage.of(message);
        if (kind instanceof LegacyMessage.Notice) {
            for (Watcher watcher : watching) {
                watcher.notified(message);
            }
        }
        if (underWay.size() == 1 || kind instanceof LegacyMessage.Withdrawn) {
            for (CallListener call : underWay) {
                call.message(message);
            }
        } else {
            reply(kind);
        }
    }

    /** Of nobody's questions: there is no call, or there are several, and which one asks is not said. */
    private void reply(LegacyMessage message) throws InterruptedException {
        Optional<RawJson> reply = switch (message) {
            case LegacyMessage.Asked(ServerAsk ask) ->
                Optional.of(ask.declined("it is not known which call this belongs to"));
            case LegacyMessage.Ping(JsonRpcId id) -> Optional.of(JsonRpcText.result(id, EMPTY));
            case LegacyMessage.Unanswerable(JsonRpcId id, String _) -> Optional.of(JsonRpcText.error(id, UNKNOWN));
            case LegacyMessage.Withdrawn _, LegacyMessage.Notice _, LegacyMessage.Noise _ -> Optional.empty();
        };
        if (reply.isPresent()) {
            door.get().send(affinity, session, reply.get());
        }
    }

    /** Reads one stream. */
    private final class Reader implements EventListener {
        private final EventReader.Progress place;
        private volatile boolean wasOpened;

        Reader(EventReader.Progress place) {
            this.place = place;
        }

        @Override
        public void opened() {
            wasOpened = true;
            lock.lock();
            try {
                tried.complete(true);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void event(SseEvent event) throws InterruptedException {
            if (event.isMessage()) {
                dispatch(RawJson.of(event.data()));
            }
            event.id().ifPresent(place::reached);
        }

        @Override
        public void retryAfter(Duration pause) {
            place.retryAfter(pause);
        }
    }
}
