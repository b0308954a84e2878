package io.mcpgateway.e2e.guide;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The results of all commands, as a table in a file that scripts/guide.sh prints. */
final class GuideReport {
    private static final int WIDTH = 76;

    private final GuideTable table;
    private final Map<String, String> healthy = new LinkedHashMap<>();
    private final Map<String, String> broken = new LinkedHashMap<>();

    GuideReport(GuideTable table) {
        this.table = table;
        for (Check check : table.checks()) {
            healthy.put(check.id(), check.healthy().isPresent() ? "NOT RUN" : "-");
            broken.put(check.id(), check.broken().isPresent() ? "NOT RUN" : "-");
        }
    }

    /** Runs it and records the result. */
    void healthy(Check check, Runnable work) {
        keep(healthy, check, "ok", work);
    }

    void broken(Check check, Runnable work) {
        String scene = check.broken().map(Check.Broken::scene).orElse("");
        keep(broken, check, "ok: " + scene, work);
    }

    void write() {
        StringBuilder text = new StringBuilder();
        line(text, "id", "command", "healthy", "failing", "result");
        for (Check check : table.checks()) {
            String first = healthy.getOrDefault(check.id(), "");
            String second = broken.getOrDefault(check.id(), "");
            line(text, check.id(), shortened(check.command()), first, second, result(first, second));
            if (!check.reason().isEmpty()) {
                text.append("      ").append(check.reason()).append('\n');
            }
        }
        Path file = ProjectFolder.locate().resolve("e2e/target/guide.txt");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void keep(Map<String, String> column, Check check, String word, Runnable work) {
        column.put(check.id(), "FAILED");
        long begin = System.nanoTime();
        work.run();
        column.put(check.id(), word);
        System.out.printf(Locale.ROOT, "    %s %-40s %5.1f s%n", check.id(), word, (System.nanoTime() - begin) / 1e9);
    }

    private static String result(String healthy, String broken) {
        if ((healthy + broken).contains("FAILED") || (healthy + broken).contains("NOT RUN")) {
            return "FAILED";
        }
        if (healthy.equals("-")) {
            return broken.equals("-") ? "outside" : "failing only";
        }
        return broken.equals("-") ? "healthy only" : "passed";
    }

    private static void line(StringBuilder text, String id, String command, String first, String second, String end) {
        text.append(
                String.format(Locale.ROOT, "%-4s  %-" + WIDTH + "s  %-8s %-26s %s%n", id, command, first, second, end));
    }

    private static String shortened(String command) {
        String flat = command.replaceAll("\\s*\\\\?\\n\\s*", " ");
        return flat.length() <= WIDTH ? flat : flat.substring(0, WIDTH - 3) + "...";
    }
}
