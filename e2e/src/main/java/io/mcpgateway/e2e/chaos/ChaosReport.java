package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.chaos.ChaosRun.CellCount;
import io.mcpgateway.e2e.words.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        lines.addAll(cells());
        lines.add("");
        lines.add(calls() + " calls, " + wrong() + " wrong answers");
        return lines;
    }

    /** Calls, clear errors and wrong answers by eras, of both servers together. */
    private List<String> cells() {
        List<String> lines = new ArrayList<>();
        lines.add(cells("calls/errors/wrong by client>server", Cell::label));
        for (ChaosResult result : results) {
            lines.add(cells(result.fault(), cell -> of(result, cell).toString()));
        }
        lines.add(cells(
                "all",
                cell -> results.stream()
                        .map(result -> of(result, cell))
                        .reduce(CellCount.NONE, CellCount::plus)
                        .toString()));
        return lines;
    }

    private static CellCount of(ChaosResult result, Cell cell) {
        return result.fragile()
                .cells()
                .getOrDefault(cell, CellCount.NONE)
                .plus(result.steady().cells().getOrDefault(cell, CellCount.NONE));
    }

    private static String cells(String first, Function<Cell, String> text) {
        return String.format(Locale.ROOT, "%-42s", first)
                + Stream.of(Cell.values())
                        .map(cell -> String.format(Locale.ROOT, " %15s", text.apply(cell)))
                        .collect(Collectors.joining());
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
