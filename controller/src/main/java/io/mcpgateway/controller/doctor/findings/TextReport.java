package io.mcpgateway.controller.doctor.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report for people: the first broken link on top, with its evidence and its fix. */
public final class TextReport {
    private static final String RESET = "\u001b[0m";

    private TextReport() {}

    /**
     * The report.
     *
     * @param coloured whether a terminal shows it
     */
    public static String of(Diagnosis diagnosis, boolean coloured) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : diagnosis.findings()) {
            lines.add("%s  %s: %s".formatted(word(finding.verdict(), coloured), finding.subject(), finding.message()));
            finding.evidence().forEach(line -> lines.add("           because  " + line));
            finding.fix().forEach(line -> lines.add("           fix      " + line));
        }
        lines.add("");
        lines.add(summary(diagnosis));
        return String.join("\n", lines) + "\n";
    }

    private static String summary(Diagnosis diagnosis) {
        String first = diagnosis
                .cause()
                .map(cause -> "Start with the first line (%s); what follows it may be its consequence."
                        .formatted(cause.link().title()))
                .orElseGet(() -> diagnosis.of(Verdict.UNKNOWN).isEmpty()
                        ? "Nothing is broken."
                        : "Nothing that can be seen is broken.");
        return "%s %s; %.1f s"
                .formatted(
                        first,
                        List.of(Verdict.BROKEN, Verdict.WARNING, Verdict.UNKNOWN, Verdict.OK).stream()
                                .map(verdict -> diagnosis.of(verdict).size() + " "
                                        + verdict.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")),
                        diagnosis.took().toMillis() / 1000.0);
    }

    private static String word(Verdict verdict, boolean coloured) {
        String word = "%-9s".formatted(verdict.name());
        return coloured ? colour(verdict) + word + RESET : word;
    }

    private static String colour(Verdict verdict) {
        return switch (verdict) {
            case OK -> "\u001b[32m";
            case WARNING -> "\u001b[33m";
            case BROKEN -> "\u001b[1;31m";
            case UNKNOWN -> "\u001b[36m";
        };
    }
}
