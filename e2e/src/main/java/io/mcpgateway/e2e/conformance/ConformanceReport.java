package io.mcpgateway.e2e.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The report at the end. */
final class ConformanceReport {
    private final List<String> scenarios;
    private final Map<Pass, List<ScenarioResult>> results;
    private final ExpectedFailures expected;

    ConformanceReport(List<String> scenarios, Map<Pass, List<ScenarioResult>> results, ExpectedFailures expected) {
        this.scenarios = Stream.concat(
                        scenarios.stream(),
                        results.values().stream().flatMap(List::stream).map(ScenarioResult::scenario))
                .distinct()
                .toList();
        this.results = results;
        this.expected = expected;
    }

    /** One line per scenario and one column per run, then the failures and the totals. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int width = scenarios.stream().mapToInt(String::length).max().orElse(12);
        StringBuilder head = new StringBuilder(padded("scenario", width));
        results.keySet().forEach(pass -> head.append("  ").append(padded(pass.label(), 12)));
        lines.add(head.toString().stripTrailing());
        for (String scenario : scenarios) {
            StringBuilder line = new StringBuilder(padded(scenario, width));
            results.keySet().forEach(pass -> line.append("  ").append(padded(word(pass, scenario), 12)));
            lines.add(line.toString().stripTrailing());
        }
        lines.add("");
        lines.addAll(notes());
        results.forEach((pass, list) -> lines.add(total(pass, list)));
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
        return padded(pass.label() + ":", 12) + passed + " passed, " + (list.size() - passed) + " failed";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
