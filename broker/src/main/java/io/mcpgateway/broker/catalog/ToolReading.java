package io.mcpgateway.broker.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.mcp.JsonSlices;
import io.mcpgateway.broker.mcp.JsonText;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.mcp.TextSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reading of one tool object. */
final class ToolReading {
    static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_LABEL_LENGTH = 60;

    private final int start;
    /** One entry per {@code name} member, empty where it is not a string; likewise the types of {@code inputSchema}. */
    private final List<Optional<TextSpan>> names = new ArrayList<>(1);

    private final List<JsonToken> schemas = new ArrayList<>(1);
    private final Map<String, Boolean> hints = new HashMap<>();

    /** Starts at the offset of the tool's opening brace. */
    ToolReading(int start) {
        this.start = start;
    }

    /** Reads from the opening brace to the closing one. */
    void read(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (member) {
                case "name" -> readName(parser, value);
                case "inputSchema" -> {
                    schemas.add(value);
                    parser.skipChildren();
                }
                case "annotations" -> readHints(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    /** Why the tool cannot be served, if it cannot. */
    Optional<String> flaw() {
        if (names.isEmpty()) {
            return Optional.of("it has no name");
        }
        if (names.size() > 1) {
            return Optional.of("it has two names");
        }
        if (names.getFirst().isEmpty()) {
            return Optional.of("its name is not a string");
        }
        String name = names.getFirst().get().value();
        if (name.isEmpty()) {
            return Optional.of("its name is empty");
        }
        if (name.length() > MAX_NAME_LENGTH) {
            return Optional.of("its name is longer than " + MAX_NAME_LENGTH + " characters");
        }
        if (!fitsHeader(name)) {
            return Optional.of("its name has characters that no header can carry");
        }
        if (schemas.isEmpty()) {
            return Optional.of("it has no inputSchema");
        }
        return schemas.equals(List.of(JsonToken.START_OBJECT))
                ? Optional.empty()
                : Optional.of("its inputSchema is not an object");
    }

    /** What to call the tool in a report, even if it has no name of its own. */
    String label(int position) {
        String name = names.stream()
                .flatMap(Optional::stream)
                .findFirst()
                .map(TextSpan::value)
                .orElse("");
        // Through bytes, because half a surrogate pair cannot be written into /status.
        String writable = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return name.isEmpty() ? "tool " + position : JsonText.excerpt(writable, MAX_LABEL_LENGTH);
    }

    /** The tool without flaw, for {@code json[start..end)}. */
    ToolDefinition definition(byte[] json, int end) {
        TextSpan inPage = names.getFirst().orElseThrow();
        TextSpan own = new TextSpan(inPage.value(), inPage.start() - start, inPage.end() - start);
        return new ToolDefinition(
                RawJson.of(json, start, end),
                own,
                new ToolHints(
                        hint("readOnlyHint"), hint("destructiveHint"), hint("idempotentHint"), hint("openWorldHint")));
    }

    private void readName(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            names.add(Optional.empty());
            parser.skipChildren();
            return;
        }
        String text = parser.getText();
        names.add(Optional.of(new TextSpan(text, JsonSlices.tokenStart(parser), JsonSlices.valueEnd(parser))));
    }

    private void readHints(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String hint = parser.currentName();
            JsonToken token = parser.nextToken();
            if (hint.endsWith("Hint") && token.isBoolean()) {
                hints.put(hint, token == JsonToken.VALUE_TRUE);
            }
            parser.skipChildren();
        }
    }

    private Optional<Boolean> hint(String member) {
        return Optional.ofNullable(hints.get(member));
    }

    /** The name travels in a header (x-mcp-toolname). */
    private static boolean fitsHeader(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
