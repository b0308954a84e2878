package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.client.McpClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Clients that call one tool all the time; every response is checked. */
final class Crowd implements AutoCloseable {
    /** The pause between two calls of one client, so a few hundred calls cover more than one moment of a fault. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private static final Duration CALLS_LIMIT = Duration.ofMinutes(4);
    private static final Duration END_LIMIT = Duration.ofSeconds(60);

    /** The state of the fault. */
    enum Phase {
        BEFORE,
        /** It is starting or ending: a call that begins now may or may not be affected. */
        CHANGING,
        UNDER_FAULT
    }

    private final Expectation expectation;
    private final Tally tally = new Tally();
    private final McpClient connection;
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentMap<Integer, Long> lastAnswered = new ConcurrentHashMap<>();
    private volatile Phase phase = Phase.BEFORE;
    private volatile boolean stopped;

    private Crowd(URI gateway, Expectation expectation) {
        this.expectation = expectation;
        this.connection = McpClient.of(gateway);
    }

    /** Starts one client of each kind in the list; returns when all have a session. */
    static Crowd start(URI gateway, String tool, List<Caller.Kind> kinds, Expectation expectation) throws IOException {
        Crowd crowd = new Crowd(gateway, expectation);
        for (int i = 0; i < kinds.size(); i++) {
            int number = i;
            Caller caller = Caller.connect(number, kinds.get(i), tool, crowd.connection);
            crowd.threads.add(Thread.ofVirtual().unstarted(() -> crowd.run(number, caller)));
        }
        crowd.threads.forEach(Thread::start);
        return crowd;
    }

    Tally tally() {
        return tally;
    }

    void phase(Phase next) {
        phase = next;
    }

    /** Waits until this number of further calls have ended; false if that takes more than a few minutes. */
    boolean awaitMore(int calls) throws InterruptedException {
        return tally.awaitCalls(tally.calls() + calls, CALLS_LIMIT);
    }

    /** Whether every client gets a correct response to a call that ends from now on. */
    boolean recovers(Duration limit) throws InterruptedException {
        long from = System.nanoTime();
        while (System.nanoTime() - from < limit.toNanos()) {
            if (lastAnswered.size() == threads.size()
                    && lastAnswered.values().stream().allMatch(at -> at - from > 0)) {
                return true;
            }
            Thread.sleep(PAUSE);
        }
        return false;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(END_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private void run(int number, Caller caller) {
        while (!stopped) {
            Phase atStart = phase;
            Caller.Outcome outcome = caller.call();
            Phase atEnd = phase;
            boolean underFault = atStart == Phase.UNDER_FAULT && atEnd == Phase.UNDER_FAULT;
            Attempt attempt = new Attempt(
                    outcome.id(), outcome.word(), outcome.reply(), outcome.failure(), outcome.took(), underFault);
            Expectation.Verdict verdict = (atEnd == Phase.BEFORE ? Expectation.UNTOUCHED : expectation).judge(attempt);
            tally.add(attempt, verdict);
            if (verdict == Expectation.Verdict.CORRECT) {
                lastAnswered.put(number, System.nanoTime());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
