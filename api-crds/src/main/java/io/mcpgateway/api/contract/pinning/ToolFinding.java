package io.mcpgateway.api.contract.pinning;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is noteworthy about one tool.
 *
 * @param digest of its definition, by which it can be approved
 * @param changed the parts that differ from the approved definition; empty for a new tool
 * @param warnings where it has text that seems to instruct the model
 */
public record ToolFinding(String name, String digest, Kind kind, List<String> changed, List<String> warnings) {
    /** How a definition stands to what is approved. */
    public enum Kind {
        /** It is approved. */
        APPROVED("approved"),
        /** A tool of this name had another definition. */
        CHANGED("changed"),
        /** No tool of this name is approved. */
        NEW("new");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private static final int LONGEST_NAME = 60;

    public ToolFinding {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(kind, "kind");
        changed = List.copyOf(changed);
        warnings = List.copyOf(warnings);
    }

    /** For a message: {@code greet (description, inputSchema changed)}. */
    public String described() {
        List<String> notes = new ArrayList<>();
        switch (kind) {
            case APPROVED -> {}
            case NEW -> notes.add("new");
            case CHANGED -> notes.add(changed.isEmpty() ? "changed" : String.join(", ", changed) + " changed");
        }
        notes.addAll(warnings);
        return "%s (%s)".formatted(shortened(), String.join("; ", notes));
    }

    /** At most {@value #LONGEST_NAME} characters, and none that people do not see. */
    private String shortened() {
        String safe = name.replaceAll("\\p{C}", "?");
        return safe.codePointCount(0, safe.length()) <= LONGEST_NAME
                ? safe
                : safe.substring(0, safe.offsetByCodePoints(0, LONGEST_NAME)) + "...";
    }
}
