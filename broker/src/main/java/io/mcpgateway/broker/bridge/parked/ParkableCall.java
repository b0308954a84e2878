package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.telemetry.BridgedOutcome;
import io.mcpgateway.broker.translation.ServerAsk;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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
    private final Audience audience;
    private final Thread reader = Thread.ofVirtual().name("legacy-call").unstarted(this::run);
    /** For everything that changes. */
    private final ReentrantLock lock = new ReentrantLock();

    private CallProgress progress = CallProgress.BEGUN;
    /** Whether questions are being collected. */
    private boolean collecting;
    /** What the call came to while it was parked. */
    private @Nullable Reached result;

    /** @param over called once, when nothing can come of the call any more */
    ParkableCall(ParkedParts parts, String id, Attendance first, Consumer<ParkableCall> over) {
        this.parts = parts;
        this.id = id;
        this.leg = new ServerLeg(parts, first.call());
        this.over = over;
        this.audience = new Audience(first);
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
            ended(new Reached(ending.counted(), call -> LegacyAnswers.of(parts, call, ending)));
        } catch (InterruptedException cancelled) {
            log.debug("call cancelled server={}", latest().serverName());
        } catch (RuntimeException bug) {
            log.error("call to a legacy server failed unexpectedly server={}", latest().serverName(), bug);
            ended(new Reached(BridgedOutcome.FAILED, call -> Failures.bug(call.id())));
        } finally {
            leg.close();
        }
    }

    /** For whoever waits, or whoever comes. */
    private void ended(Reached end) {
        lock.lock();
        try {
            if (progress.isOver()) {
                return;
            }
            Attendance waiting = audience.waiting();
            if (waiting == null) {
                result = end;
            } else {
                conclude(waiting, end);
            }
        } finally {
            lock.unlock();
        }
    }

    private void conclude(@Nullable Attendance waiting, Reached end) {
        if (waiting != null) {
            end.tell(waiting);
        }
        finish(end.outcome());
    }

    /** Nothing follows. */
    private void finish(BridgedOutcome outcome) {
        if (!progress.isOver()) {
            if (progress.isParked()) {
                leavePlace(outcome);
            }
            progress = progress.over();
            audience.leaves();
            parts.metrics().called(latest().hop(), outcome);
            over.accept(this);
        }
    }

    private void leavePlace(BridgedOutcome outcome) {
        parts.places().end(latest().caller(), latest().server().key());
        parts.metrics().waited(outcome);
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
                    leavePlace(BridgedOutcome.ANSWERED);
                    progress = next;
                    audience.comes(back);
                    replies = taken;
                }
            }
            Reached known = result;
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
                    fail(new Reached(
                            BridgedOutcome.FAILED,
                            call -> Failures.notPassedOn(call.id(), call.serverName(), failure.message())));
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
            Attendance waiting = audience.waiting();
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
        if (refused.isPresent()) {
            parts.metrics().waited(BridgedOutcome.REFUSED);
            String limit = refused.get();
            fail(new Reached(BridgedOutcome.REFUSED, call -> Failures.cannotWait(call.id(), call.serverName(), limit)));
        }
    }

    private void park(Attendance waiting, CallProgress next, Instant until) {
        progress = next;
        audience.leaves();
        waiting.answer().conclude(LegacyAnswers.asking(parts, waiting.call(), id, next, until));
    }

    /** The client's connection has ended before it had its answer. */
    void left(Attendance who) {
        lock.lock();
        try {
            if (!audience.latest().answer().equals(who.answer()) || progress.isOver()) {
                return;
            }
            who.answer().abandon();
            finish(BridgedOutcome.CANCELLED);
        } finally {
            lock.unlock();
        }
        leg.cancel(latest(), "the client has left", reader);
    }

    /** Cancels a call whose client did not come back in time; returns the thread that tells the server, if that is so. */
    Optional<Thread> expire(Instant now, BridgedOutcome outcome) {
        lock.lock();
        try {
            if (!progress.expired(now)) {
                return Optional.empty();
            }
            finish(outcome);
        } finally {
            lock.unlock();
        }
        log.info("parked call cancelled: server={} outcome={}", latest().serverName(), outcome.label());
        return Optional.of(leg.cancel(latest(), "the client did not come back", reader));
    }

    /** Cancels it; returns the thread that tells the server. */
    Thread stop() {
        return fail(new Reached(BridgedOutcome.STOPPED, call -> Failures.stopping(call.id())));
    }

    private Thread fail(Reached why) {
        lock.lock();
        try {
            conclude(audience.waiting(), why);
        } finally {
            lock.unlock();
        }
        return leg.cancel(latest(), "the gateway gives up", reader);
    }

    @Override
    public ClientsCall latest() {
        return audience.latest().call();
    }

    @Override
    public Optional<Attendance> hearing(RawJson notice) {
        lock.lock();
        try {
            return audience.hearing(notice);
        } finally {
            lock.unlock();
        }
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
            begins = audience.waiting() != null && !collecting;
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
