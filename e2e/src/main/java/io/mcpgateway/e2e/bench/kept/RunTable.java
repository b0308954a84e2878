package io.mcpgateway.e2e.bench.kept;

import io.mcpgateway.e2e.bench.kept.KeptRun.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code docs/performance.md} shows of the kept runs: of each figure the middle, lowest and highest run. */
public final class RunTable {
    private static final String BEGIN = "<!-- made by make bench from bench/*.json -->\n";
    private static final String END = "<!-- end of bench -->\n";

    private RunTable() {}

    /** The page with the table made anew. Throws if the page has no place for it. */
    public static String with(String page, List<KeptRun> runs) {
        int from = page.indexOf(BEGIN);
        int to = page.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("the page has no '" + BEGIN.strip() + "' and '" + END.strip() + "'");
        }
        return page.substring(0, from + BEGIN.length()) + "\n" + part(runs) + "\n" + page.substring(to);
    }

    static String part(List<KeptRun> runs) {
        StringBuilder text = new StringBuilder("| scenario | figures |\n|---|---|\n");
        byFigure(runs)
                .forEach((scenario, figures) -> text.append("| ")
                        .append(scenario)
                        .append(" | ")
                        .append(figures.entrySet().stream()
                                .map(figure -> told(figure.getKey(), figure.getValue()))
                                .collect(Collectors.joining("; ")))
                        .append(" |\n"));
        text.append("\nRuns (UTC): ")
                .append(runs.stream()
                        .map(run -> "[" + run.taken() + "](bench/" + run.taken().replace(":", "") + ".json), "
                                + run.rounds() + " rounds of " + run.seconds() + " s, " + run.machine())
                        .collect(Collectors.joining("; ")));
        return text.append(".\n").toString();
    }

    /** By scenario and figure, in the order of the first run, the median of each run. */
    private static Map<String, Map<String, List<Double>>> byFigure(List<KeptRun> runs) {
        Map<String, Map<String, List<Double>>> all = new LinkedHashMap<>();
        for (KeptRun run : runs) {
            for (Figure figure : run.figures()) {
                all.computeIfAbsent(figure.scenario(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(figure.figure(), _ -> new ArrayList<>())
                        .add(figure.median());
            }
        }
        return all;
    }

    /** @param figure with its unit after a comma */
    private static String told(String figure, List<Double> medians) {
        int unit = figure.lastIndexOf(", ");
        return unit < 0
                ? spread(medians) + " " + figure
                : figure.substring(0, unit) + " " + spread(medians) + " "
                        + figure.substring(unit + 2).replace("us", "\u00b5s");
    }

    private static String spread(List<Double> medians) {
        List<Double> sorted = medians.stream().sorted().toList();
        String middle = number(sorted.get((sorted.size() - 1) / 2));
        return sorted.size() == 1
                ? middle
                : middle + " (" + number(sorted.getFirst()) + " to " + number(sorted.getLast()) + ")";
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
