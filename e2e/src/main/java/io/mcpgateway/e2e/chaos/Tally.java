package io.mcpgateway.e2e.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts verdicts. Thread-safe. */
final class Tally {
    private static final int WRONG_KEPT = 20;

    private final Map<Expectation.Verdict, Integer> counts = new EnumMap<>(Expectation.Verdict.class);
    private final Map<String, Integer> errors = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private Duration worst = Duration.ZERO;

    synchronized void add(Attempt attempt, Expectation.Verdict verdict) {
        counts.merge(verdict, 1, Integer::sum);
        worst = worst.compareTo(attempt.took()) < 0 ? attempt.took() : worst;
        if (verdict == Expectation.Verdict.CLEAR) {
            errors.merge(attempt.label(), 1, Integer::sum);
        }
        if (verdict == Expectation.Verdict.WRONG && wrong.size() < WRONG_KEPT) {
            wrong.add(attempt.description());
        }
        notifyAll();
    }

    synchronized int calls() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int count(Expectation.Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    synchronized Duration worst() {
        return worst;
    }

    /** The number of occurrences of each clear error. */
    synchronized Map<String, Integer> errors() {
        return Map.copyOf(errors);
    }

    /** The first wrong calls. */
    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Waits until this number of calls have ended; false after a timeout. */
    synchronized boolean awaitCalls(int calls, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (calls() < calls) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
