package io.mcpgateway.broker.limit;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.router.CallLimits;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.RunningCall;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Counts what is under way, by session and by server, and refuses what is too much. A session or server is known here
 * only while something of it is under way, so there is never more in it than that. Thread-safe, never waits.
 */
public final class UnderWay {
    /** What came of asking for a place. */
    public sealed interface Entry {
        /** To be closed when it is over, however it ends. */
        record Entered(Place place) implements Entry {
            public Entered {
                Objects.requireNonNull(place, "place");
            }
        }

        record Refused(RouteDecision.Reject answer) implements Entry {
            public Refused {
                Objects.requireNonNull(answer, "answer");
            }
        }
    }

    private final CallLimits limits;
    private final Consumer<RunningCall> refused;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<GatewaySessionId, Integer> sessions = new HashMap<>();
    private final Map<ServerName, Integer> servers = new HashMap<>();

    /** @param refused told of everything that was refused */
    public UnderWay(CallLimits limits, Consumer<RunningCall> refused) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.refused = Objects.requireNonNull(refused, "refused");
    }

    public Entry enter(RunningCall call) {
        Optional<RouteDecision.Reject> refusal = take(call);
        if (refusal.isPresent()) {
            refused.accept(call);
            return new Entry.Refused(refusal.get());
        }
        return new Entry.Entered(new Place(call));
    }

    /** How many sessions and servers are known; none when nothing is under way. */
    int known() {
        lock.lock();
        try {
            return sessions.size() + servers.size();
        } finally {
            lock.unlock();
        }
    }

    private Optional<RouteDecision.Reject> take(RunningCall call) {
        lock.lock();
        try {
            int ofSession = sessions.getOrDefault(call.session(), 0);
            int ofServer =
                    call.server().map(server -> servers.getOrDefault(server, 0)).orElse(0);
            Optional<RouteDecision.Reject> refusal = limits.refusal(call, ofSession, ofServer);
            if (refusal.isEmpty()) {
                sessions.put(call.session(), ofSession + 1);
                call.server().ifPresent(server -> servers.put(server, ofServer + 1));
            }
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    private void give(RunningCall call) {
        lock.lock();
        try {
            takeOne(sessions, call.session());
            call.server().ifPresent(server -> takeOne(servers, server));
        } finally {
            lock.unlock();
        }
    }

    private static <K> void takeOne(Map<K, Integer> counts, K key) {
        int count = counts.getOrDefault(key, 0);
        if (count > 1) {
            counts.put(key, count - 1);
        } else {
            counts.remove(key);
        }
    }

    /** One place, taken until it is closed; closing it again does nothing. */
    public final class Place implements AutoCloseable {
        private final RunningCall call;
        private final AtomicBoolean given = new AtomicBoolean();

        private Place(RunningCall call) {
            this.call = call;
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                give(call);
            }
        }
    }
}
