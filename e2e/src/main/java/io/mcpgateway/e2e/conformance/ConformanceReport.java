package io.mcpgateway.e2e.conformance;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The report at the end. */
final class ConformanceReport {
    /** Of the longest word in a cell. */
    private static final int CELL_WIDTH = 8;

    private static final int TOTAL_WIDTH = 28;

    private final Map<Pass, List<ScenarioResult>> results;
    private final ExpectedFailures expected;

    ConformanceReport(Map<Pass, List<ScenarioResult>> results, ExpectedFailures expected) {
        this.results = results;
        this.expected = expected;
    }

    /** A table for each revision, then the failures and the totals. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String revision : List.of(Suite.LEGACY, Suite.MODERN)) {
            Map<Pass, List<ScenarioResult>> ofRevision = new EnumMap<>(Pass.class);
            results.forEach((pass, list) -> {
                if (pass.revision().equals(revision)) {
                    ofRevision.put(pass, list);
                }
            });
            if (!ofRevision.isEmpty()) {
                lines.addAll(table(revision, ofRevision));
            }
        }
        lines.addAll(notes());
        results.forEach((pass, list) -> lines.add(total(pass, list)));
        return lines;
    }

    /** One line per scenario and one column per run. */
    private List<String> table(String revision, Map<Pass, List<ScenarioResult>> ofRevision) {
        List<String> lines = new ArrayList<>();
        List<String> scenarios = ofRevision.values().stream()
                .flatMap(List::stream)
                .map(ScenarioResult::scenario)
                .distinct()
                .toList();
        int width = scenarios.stream().mapToInt(String::length).max().orElse(12);
        StringBuilder head = new StringBuilder(padded(revision, width));
        ofRevision.keySet().forEach(pass -> head.append("  ").append(padded(pass.label(), width(pass))));
        lines.add(head.toString().stripTrailing());
        for (String scenario : scenarios) {
            StringBuilder line = new StringBuilder(padded(scenario, width));
            ofRevision.keySet().forEach(pass -> line.append("  ").append(padded(word(pass, scenario), width(pass))));
            lines.add(line.toString().stripTrailing());
        }
        lines.add("");
        return lines;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        results.forEach((pass, list) -> list.stream()
                .filter(result -> !result.note().isEmpty())
                .map(result -> pass.label() + " " + result.scenario() + ": " + result.note())
                .forEach(notes::add));
        if (!notes.isEmpty()) {
            notes.add("");
        }
        return notes;
    }

    private String word(Pass pass, String scenario) {
        Optional<ScenarioResult> found = Objects.requireNonNull(results.get(pass)).stream()
                .filter(result -> result.scenario().equals(scenario))
                .findFirst();
        if (found.isEmpty()) {
            return "";
        }
        if (!found.get().passed()) {
            return expected.has(pass, scenario) ? "known" : "FAILED";
        }
        return found.get().warnings() > 0 ? "ok (warn)" : "ok";
    }

    private static String total(Pass pass, List<ScenarioResult> list) {
        long passed = list.stream().filter(ScenarioResult::passed).count();
        return padded(pass.label() + ":", TOTAL_WIDTH) + passed + " passed, " + (list.size() - passed) + " failed";
    }

    private static int width(Pass pass) {
        return Math.max(CELL_WIDTH, pass.label().length());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
