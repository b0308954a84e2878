package io.mcpgateway.broker.search;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.json.ObjectMembers;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The words by which one tool is found, and how much each of them says about it: those of its name more than those of its
 * description, and those of its arguments least.
 */
final class ToolWords {
    private enum Part {
        NAME(2.6f, 3),
        TITLE(2.0f, 4),
        DESCRIPTION(1.0f, 14),
        SERVER(1.4f, 2),
        ARGUMENT(0.35f, 8),
        ARGUMENT_DESCRIPTION(0.25f, 20);

        private final float weight;
        /** How many words the part usually has; in a longer one each word counts less. */
        private final int usual;

        Part(float weight, int usual) {
            this.weight = weight;
            this.usual = usual;
        }

        /** What each word of the part counts if there are this many. */
        float weight(int words) {
            return words <= usual ? weight : weight / (1 - SLOPE + SLOPE * words / usual);
        }
    }

    /** How much the length of a part matters, from 0 to 1; {@code b} of BM25. */
    private static final float SLOPE = 0.4f;
    /** How soon a word's repetition stops to matter; {@code k1} of BM25. */
    private static final float SATURATION = 1.6f;
    /** No part is read farther, and no tool has more words: what a server sends must not fill the memory. */
    private static final int LONGEST_TEXT = 4_000;

    private static final int MOST_WORDS = 400;
    private static final int MAX_DEPTH = 4;

    private final Map<String, Float> counts = new HashMap<>();
    private final StringBuilder arguments = new StringBuilder();
    private final StringBuilder argumentDescriptions = new StringBuilder();

    private ToolWords() {}

    /** Each word with its share of the score, from 0 to 1. */
    static Map<String, Float> of(Served tool) {
        ToolWords words = new ToolWords();
        words.add(Part.NAME, tool.name());
        String server = tool.route().server().name().value();
        words.add(Part.SERVER, server.substring(server.lastIndexOf('/') + 1));
        tool.json().read(bytes -> ObjectMembers.read(bytes, words::visit));
        words.add(Part.ARGUMENT, words.arguments);
        words.add(Part.ARGUMENT_DESCRIPTION, words.argumentDescriptions);
        words.counts.replaceAll((word, count) -> count / (SATURATION + count));
        return words.counts;
    }

    private boolean visit(String member, JsonParser value) throws IOException {
        switch (member) {
            case "title" -> addText(Part.TITLE, value);
            case "description" -> addText(Part.DESCRIPTION, value);
            case "inputSchema" -> schema(value, 0);
            default -> {}
        }
        return true;
    }

    private void addText(Part part, JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            add(part, value.getText());
        }
    }

    private void schema(JsonParser schema, int depth) throws IOException {
        if (schema.currentToken() != JsonToken.START_OBJECT || depth > MAX_DEPTH) {
            return;
        }
        ObjectMembers.within(schema, (keyword, value) -> {
            switch (keyword) {
                case "properties" -> properties(value, depth);
                case "items" -> schema(value, depth + 1);
                case "description" -> append(argumentDescriptions, value);
                default -> {}
            }
            return true;
        });
    }

    private void properties(JsonParser properties, int depth) throws IOException {
        if (properties.currentToken() == JsonToken.START_OBJECT) {
            ObjectMembers.within(properties, (name, value) -> {
                append(arguments, name);
                schema(value, depth + 1);
                return true;
            });
        }
    }

    private static void append(StringBuilder text, JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            append(text, value.getText());
        }
    }

    private static void append(StringBuilder text, String more) {
        if (text.length() < LONGEST_TEXT) {
            text.append(more).append(' ');
        }
    }

    private void add(Part part, CharSequence text) {
        var words = Words.of(text.subSequence(0, Math.min(text.length(), LONGEST_TEXT)));
        float weight = part.weight(words.size());
        for (String word : words) {
            if (counts.size() < MOST_WORDS || counts.containsKey(word)) {
                counts.merge(word, weight, Float::sum);
            }
        }
    }
}
