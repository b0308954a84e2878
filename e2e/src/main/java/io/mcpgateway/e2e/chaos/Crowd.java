package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.chaos.Expectation.Verdict;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.words.Caller;
import io.mcpgateway.e2e.words.Cell;
import io.mcpgateway.e2e.words.Era;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Clients that call tools all the time; every response is checked. */
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
    private final Set<Integer> tried = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<Integer, Long> lastAnswered = new ConcurrentHashMap<>();
    private volatile Phase phase = Phase.BEFORE;
    private volatile boolean stopped;

    private Crowd(URI gateway, Expectation expectation) {
        this.expectation = expectation;
        this.connection = McpClient.of(gateway);
    }

    /**
     * One client.
     *
     * @param era of the server
     * @param prefix of the server's tools
     */
    record Member(Caller.Kind kind, Era era, String prefix) {
        Member {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(era, "era");
            Objects.requireNonNull(prefix, "prefix");
        }
    }

    /**
     * Starts these clients; returns when all that need a session have one.
     *
     * @param first number of the first one; no other client has the same
     */
    static Crowd start(URI gateway, int first, List<Member> members, Expectation expectation) throws IOException {
        Crowd crowd = new Crowd(gateway, expectation);
        for (int i = 0; i < members.size(); i++) {
            int number = first + i;
            Member member = members.get(i);
            Caller caller = Caller.connect(number, member.kind(), member.prefix(), crowd.connection);
            Cell cell = Cell.of(member.kind(), member.era());
            crowd.threads.add(Thread.ofVirtual().unstarted(() -> crowd.run(number, cell, caller)));
        }
        crowd.threads.forEach(Thread::start);
        return crowd;
    }

    Tally tally() {
        return tally;
    }

    void phase(Phase next) {
        tried.clear();
        phase = next;
    }

    /** Waits until this number of further calls have ended; false if that takes more than a few minutes. */
    boolean awaitMore(int calls) throws InterruptedException {
        return tally.awaitCalls(tally.calls() + calls, CALLS_LIMIT);
    }

    /** Waits until every client has ended a call that it made during the fault; false after a timeout. */
    boolean awaitEach() throws InterruptedException {
        long from = System.nanoTime();
        while (tried.size() < threads.size()) {
            if (System.nanoTime() - from > CALLS_LIMIT.toNanos()) {
                return false;
            }
            Thread.sleep(PAUSE);
        }
        return true;
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

    private void run(int number, Cell cell, Caller caller) {
        try (caller) {
            while (!stopped) {
                Phase atStart = phase;
                Caller.Outcome outcome = caller.call();
                Phase atEnd = phase;
                boolean underFault = atStart == Phase.UNDER_FAULT && atEnd == Phase.UNDER_FAULT;
                Attempt attempt = new Attempt(cell, outcome, underFault);
                Verdict verdict = (atEnd == Phase.BEFORE ? Expectation.UNTOUCHED : expectation).judge(attempt);
                tally.add(attempt, verdict);
                if (verdict == Verdict.CORRECT) {
                    lastAnswered.put(number, System.nanoTime());
                }
                if (underFault) {
                    tried.add(number);
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
