package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The lists of config.yaml. Each may be missing. Problems name the entry by its index, and its value. */
final class ConfigLists {
    private static final int LONGEST_SHOWN = 40;

    private ConfigLists() {}

    /** The entries, whatever they are. */
    static Iterable<JsonNode> entries(JsonNode list, String where, List<String> problems) {
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            problems.add(where + ": expected a list, not " + shown(list));
            return List.of();
        }
        return list;
    }

    /**
     * The texts of a list.
     *
     * @param what an entry has to be
     * @param strict whether an empty text is an error
     */
    static List<String> texts(JsonNode list, String where, String what, boolean strict, List<String> problems) {
        List<String> texts = new ArrayList<>();
        int index = 0;
        for (JsonNode entry : entries(list, where, problems)) {
            if (entry.isTextual() && !(strict && entry.asText().isBlank())) {
                texts.add(entry.asText());
            } else {
                problems.add("%s[%d]: must be %s, not %s".formatted(where, index, what, shown(entry)));
            }
            index++;
        }
        return texts;
    }

    /** A value as a message says it; never for a member that may be secret. */
    static String shown(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isArray() ? "a list" : "a mapping";
        }
        if (value.isTextual()) {
            return "'" + excerpt(value.asText()) + "'";
        }
        return value.isNull()
                ? "nothing"
                : excerpt(value.asText()) + "; put text that YAML reads as something else in quotes";
    }

    /** The beginning of a text, printable. */
    static String excerpt(String text) {
        String printable =
                text.substring(0, Math.min(text.length(), LONGEST_SHOWN)).replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() > LONGEST_SHOWN ? printable + "..." : printable;
    }
}
