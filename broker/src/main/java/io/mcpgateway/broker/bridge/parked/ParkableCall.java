package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.translation.ServerAsk;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to a legacy server, from the client's first request to the answer. The server's answer is read on a thread of
 * its own, which outlives the client's requests: if the server asks something, the request that waits is answered with
 * the questions, and the next one of the same client takes its place. The call is sent to the server once, whatever
 * happens here.
 */
final class ParkableCall implements Dialogue {
    private static final Logger log = LoggerFactory.getLogger(ParkableCall.class);

    private final ParkedParts parts;
    private final String id;
    private final ServerLeg leg;
    private final Consumer<ParkableCall> over;
    private final Thread reader = Thread.ofVirtual().name("legacy-call").unstarted(this::run);
    /** For everything that changes. */
    private final ReentrantLock lock = new ReentrantLock();

    private CallProgress progress = CallProgress.BEGUN;
    /** Who waits; nobody while the call is parked. */
    private volatile @Nullable Attendance attending;
    /** Who came last, and so speaks for the client. */
    private volatile Attendance latest;
    /** Whether questions are being collected. */
    private boolean collecting;
    /** What the call came to while it was parked. */
    private @Nullable Function<ClientsCall, HttpAnswer> result;

    /** @param over called once, when nothing can come of the call any more */
    ParkableCall(ParkedParts parts, String id, Attendance first, Consumer<ParkableCall> over) {
        this.parts = parts;
        this.id = id;
        this.leg = new ServerLeg(parts, first.call());
        this.over = over;
        this.attending = first;
        this.latest = first;
    }

    String id() {
        return id;
    }

    void start() {
        reader.start();
    }

    private void run() {
        try {
            ServerLeg.Ending ending = leg.run(new ServerListener(leg, this));
            ended(call -> LegacyAnswers.of(parts, call, ending));
        } catch (InterruptedException cancelled) {
            log.debug("call cancelled server={}", latest().serverName());
        } catch (RuntimeException bug) {
            log.error("call to a legacy server failed unexpectedly server={}", latest().serverName(), bug);
            ended(call -> Failures.bug(call.id()));
        } finally {
            leg.close();
        }
    }

    /** For whoever waits, or whoever comes. */
    private void ended(Function<ClientsCall, HttpAnswer> outcome) {
        lock.lock();
        try {
            if (progress.isOver()) {
                return;
            }
            Attendance waiting = attending;
            if (waiting == null) {
                result = outcome;
            } else {
                conclude(waiting, outcome);
            }
        } finally {
            lock.unlock();
        }
    }

    private void conclude(Attendance waiting, Function<ClientsCall, HttpAnswer> outcome) {
        waiting.answer().conclude(outcome.apply(waiting.call()));
        finish();
    }

    /** Nothing follows. */
    private void finish() {
        if (!progress.isOver()) {
            if (progress.isParked()) {
                leavePlace();
            }
            progress = progress.over();
            attending = null;
            over.accept(this);
        }
    }

    private void leavePlace() {
        parts.places().end(latest.call().caller(), latest.call().server().key());
    }

    /**
     * The client is back with its responses.
     *
     * @param round that it answers
     * @return its answer, if it cannot wait for the call's
     */
    Optional<HttpAnswer> returned(Attendance back, int round, Map<String, RawJson> responses) {
        List<RawJson> replies;
        lock.lock();
        try {
            switch (progress.returned(round, responses, parts.clock().instant())) {
                case CallProgress.Return.Late _ -> {
                    return Optional.of(
                            Failures.expired(back.call().id(), parts.settings().patience()));
                }
                case CallProgress.Return.Repeated _ -> {
                    return Optional.of(Failures.usedState(back.call().id()));
                }
                case CallProgress.Return.Taken(CallProgress next, List<RawJson> taken) -> {
                    leavePlace();
                    progress = next;
                    attending = back;
                    latest = back;
                    replies = taken;
                }
            }
            Function<ClientsCall, HttpAnswer> known = result;
            if (known != null) {
                conclude(back, known);
                return Optional.empty();
            }
            collecting = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("legacy-replies").start(() -> passOn(back.call(), replies));
        return Optional.empty();
    }

    private void passOn(ClientsCall by, List<RawJson> replies) {
        try {
            for (RawJson reply : replies) {
                if (leg.tell(by, reply) instanceof McpOutcome.Failure failure) {
                    log.warn("reply not passed on server={} cause={}", by.serverName(), failure.message());
                    fail(call -> Failures.notPassedOn(call.id(), call.serverName(), failure.message()));
                    return;
                }
            }
            collect();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what else the server asks, then parks the call, if there is a question. */
    private void collect() throws InterruptedException {
        Thread.sleep(parts.settings().collecting());
        Optional<String> refused = Optional.empty();
        lock.lock();
        try {
            collecting = false;
            Instant until = parts.clock().instant().plus(parts.settings().patience());
            Optional<CallProgress> next = progress.parked(until);
            Attendance waiting = attending;
            if (waiting != null && next.isPresent()) {
                ClientsCall call = waiting.call();
                refused = parts.places().begin(call.caller(), call.server().key(), call.serverName());
                if (refused.isEmpty()) {
                    park(waiting, next.get(), until);
                }
            }
        } finally {
            lock.unlock();
        }
        refused.ifPresent(limit -> fail(call -> Failures.cannotWait(call.id(), call.serverName(), limit)));
    }

    private void park(Attendance waiting, CallProgress next, Instant until) {
        progress = next;
        attending = null;
        waiting.answer().conclude(LegacyAnswers.asking(parts, waiting.call(), id, next, until));
    }

    /** The client's connection has ended before it had its answer. */
    void left(Attendance who) {
        lock.lock();
        try {
            if (!latest.answer().equals(who.answer()) || progress.isOver()) {
                return;
            }
            who.answer().abandon();
            finish();
        } finally {
            lock.unlock();
        }
        cancelAtServer("the client has left");
    }

    /**
     * Cancels a call whose client did not come back in time.
     *
     * @return tells the server, if that is so
     */
    Optional<Thread> expire(Instant now) {
        lock.lock();
        try {
            if (!progress.expired(now)) {
                return Optional.empty();
            }
            finish();
        } finally {
            lock.unlock();
        }
        log.info("call cancelled, because its client did not come back: server={}", latest().serverName());
        return Optional.of(cancelAtServer("the client did not come back"));
    }

    /** Cancels it; returns the thread that tells the server. */
    Thread stop() {
        return fail(call -> Failures.stopping(call.id()));
    }

    private Thread fail(Function<ClientsCall, HttpAnswer> why) {
        lock.lock();
        try {
            Attendance waiting = attending;
            if (waiting != null) {
                waiting.answer().conclude(why.apply(waiting.call()));
            }
            finish();
        } finally {
            lock.unlock();
        }
        return cancelAtServer("the gateway gives up");
    }

    private Thread cancelAtServer(String reason) {
        return leg.cancel(latest(), reason, reader);
    }

    @Override
    public ClientsCall latest() {
        return latest.call();
    }

    @Override
    public Optional<Attendance> waiting() {
        return Optional.ofNullable(attending);
    }

    @Override
    public boolean asked(ServerAsk ask) {
        boolean begins;
        lock.lock();
        try {
            Optional<CallProgress> next = progress.asked(ask);
            if (next.isEmpty()) {
                return false;
            }
            progress = next.get();
            begins = attending != null && !collecting;
            collecting |= begins;
        } finally {
            lock.unlock();
        }
        if (begins) {
            Thread.ofVirtual().name("legacy-questions").start(() -> passOn(latest(), List.of()));
        }
        return true;
    }

    @Override
    public void withdrawn(JsonRpcId ask) {
        lock.lock();
        try {
            progress = progress.withdrawn(ask);
        } finally {
            lock.unlock();
        }
    }
}
