package io.mcpgateway.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The table, for the terminal and for Markdown. */
record BenchReport(List<BenchRow> rows) {
    BenchReport {
        rows = List.copyOf(rows);
    }

    List<String> lines() {
        int first = rows.stream().mapToInt(row -> row.scenario().length()).max().orElse(0);
        int second =
                rows.stream().mapToInt(row -> row.measured().length()).max().orElse(0);
        int third = rows.stream().mapToInt(row -> row.target().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (BenchRow row : rows) {
            lines.add((padded(row.scenario(), first) + "  " + padded(row.measured(), second) + "  "
                            + padded(row.target(), third) + "  " + row.verdict().word())
                    .stripTrailing());
        }
        long judged = rows.stream()
                .filter(row -> row.verdict() != BenchRow.Verdict.SHOWN)
                .count();
        lines.add("");
        lines.add(judged - missed() + " of " + judged + " targets met");
        return lines;
    }

    long missed() {
        return rows.stream()
                .filter(row -> row.verdict() == BenchRow.Verdict.MISSED)
                .count();
    }

    /** A table, with the machine on which it was measured. */
    String markdown(String circumstances) {
        StringBuilder text = new StringBuilder("Taken on " + LocalDate.now(java.time.ZoneOffset.UTC) + ": "
                + circumstances + "\n\n| scenario | measured | target | |\n|---|---|---|---|\n");
        for (BenchRow row : rows) {
            text.append("| ")
                    .append(row.scenario())
                    .append(" | ")
                    .append(row.measured())
                    .append(" | ")
                    .append(row.target())
                    .append(" | ")
                    .append(row.verdict().word())
                    .append(" |\n");
        }
        return text.toString();
    }

    /** Processors and load of this machine at this moment. */
    static String machine() throws IOException {
        String[] load = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
        return Runtime.getRuntime().availableProcessors() + " cores, load average " + load[0] + " (1 min) and "
                + load[1] + " (5 min), including the benchmark's own processes";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
