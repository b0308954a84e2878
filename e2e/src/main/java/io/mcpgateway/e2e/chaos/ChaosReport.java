package io.mcpgateway.e2e.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table. */
record ChaosReport(List<ChaosResult> results) {
    private static final String LINE = "%-42s %7s %8s %7s %6s %9s   %7s %8s %7s %6s %9s  %s";

    ChaosReport {
        results = List.copyOf(results);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                LINE,
                "fault",
                "calls",
                "correct",
                "errors",
                "wrong",
                "worst ms",
                "other:",
                "correct",
                "errors",
                "wrong",
                "worst ms",
                "errors were"));
        for (ChaosResult result : results) {
            ChaosRun.Row fragile = result.fragile();
            ChaosRun.Row steady = result.steady();
            lines.add(String.format(
                    Locale.ROOT,
                    LINE,
                    result.fault(),
                    fragile.calls(),
                    fragile.correct(),
                    fragile.clear(),
                    fragile.wrong(),
                    fragile.worstMillis(),
                    steady.calls(),
                    steady.correct(),
                    steady.clear(),
                    steady.wrong(),
                    steady.worstMillis(),
                    errors(fragile)));
        }
        lines.add("");
        lines.add(calls() + " calls, " + wrong() + " wrong answers");
        return lines;
    }

    private static String errors(ChaosRun.Row row) {
        return new TreeMap<>(row.errors())
                .entrySet().stream()
                        .map(error -> error.getKey() + " (" + error.getValue() + ")")
                        .collect(Collectors.joining(", "));
    }

    private int calls() {
        return results.stream()
                .mapToInt(result -> result.fragile().calls() + result.steady().calls())
                .sum();
    }

    private int wrong() {
        return results.stream()
                .mapToInt(result -> result.fragile().wrong() + result.steady().wrong())
                .sum();
    }
}
