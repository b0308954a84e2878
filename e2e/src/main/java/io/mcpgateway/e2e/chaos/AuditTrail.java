package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.words.Word;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The audit log of a gateway that only makes calls whose line is written, with their arguments. */
final class AuditTrail {
    static final List<String> OPTIONS = List.of("--audit-log-mode", "blocking-strict", "--audit-log-arguments", "true");

    private static final int NAMED = 5;

    private final Path file;

    AuditTrail(Path file) {
        this.file = file;
    }

    /** What is wrong: calls that a server executed, and no line has their word. */
    List<String> missing(Collection<String> executed) throws IOException {
        Set<String> words = words();
        List<String> missing = executed.stream()
                .flatMap(call -> Word.all(call).stream())
                .filter(word -> !words.contains(word))
                .distinct()
                .toList();
        return missing.isEmpty()
                ? List.of()
                : List.of(missing.size() + " executed calls have no line in the audit log: "
                        + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size()))));
    }

    private Set<String> words() throws IOException {
        Set<String> words = new HashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                words.addAll(Word.all(line));
            }
        }
        return words;
    }
}
