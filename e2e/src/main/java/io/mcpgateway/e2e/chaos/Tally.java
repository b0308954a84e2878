package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.chaos.Expectation.Verdict;
import io.mcpgateway.e2e.words.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts verdicts. Thread-safe. */
final class Tally {
    private static final int WRONG_KEPT = 20;

    private final Map<Cell, Map<Verdict, Integer>> counts = new EnumMap<>(Cell.class);
    private final Map<String, Integer> errors = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private Duration worst = Duration.ZERO;

    synchronized void add(Attempt attempt, Verdict verdict) {
        counts.computeIfAbsent(attempt.cell(), _ -> new EnumMap<>(Verdict.class))
                .merge(verdict, 1, Integer::sum);
        Duration took = attempt.outcome().took();
        worst = worst.compareTo(took) < 0 ? took : worst;
        if (verdict == Verdict.CLEAR) {
            errors.merge(attempt.label(), 1, Integer::sum);
        }
        if (verdict == Verdict.WRONG && wrong.size() < WRONG_KEPT) {
            wrong.add(attempt.description());
        }
        notifyAll();
    }

    synchronized int calls() {
        return counts.keySet().stream().mapToInt(this::calls).sum();
    }

    synchronized int calls(Cell cell) {
        return of(cell).values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int count(Verdict verdict) {
        return counts.keySet().stream().mapToInt(cell -> count(cell, verdict)).sum();
    }

    synchronized int count(Cell cell, Verdict verdict) {
        return of(cell).getOrDefault(verdict, 0);
    }

    private Map<Verdict, Integer> of(Cell cell) {
        return counts.getOrDefault(cell, Map.of());
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
