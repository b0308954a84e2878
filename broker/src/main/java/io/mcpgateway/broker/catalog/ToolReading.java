package io.mcpgateway.broker.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.mcp.JsonSlices;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.mcp.TextSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reading of one tool object. */
final class ToolReading {
    static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_LABEL_LENGTH = 60;

    private final int start;
    private final Map<String, Boolean> hints = new HashMap<>();
    private @Nullable TextSpan name;
    private boolean nameSeen;
    private boolean nameRepeated;
    private boolean schemaSeen;
    private boolean schemaIsObject;

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
                    schemaIsObject = value == JsonToken.START_OBJECT && !schemaSeen;
                    schemaSeen = true;
                    parser.skipChildren();
                }
                case "annotations" -> readHints(parser, value);
                default -> parser.skipChildren();
            }
        }
    }

    /** Why the tool cannot be served, if it cannot. */
    Optional<String> flaw() {
        if (!nameSeen) {
            return Optional.of("it has no name");
        }
        if (name == null) {
            return Optional.of("its name is not a string");
        }
        if (nameRepeated) {
            return Optional.of("it has two names");
        }
        if (name.value().isEmpty()) {
            return Optional.of("its name is empty");
        }
        if (name.value().length() > MAX_NAME_LENGTH) {
            return Optional.of("its name is longer than " + MAX_NAME_LENGTH + " characters");
        }
        if (!fitsHeader(name.value())) {
            return Optional.of("its name has characters that no header can carry");
        }
        if (!schemaSeen) {
            return Optional.of("it has no inputSchema");
        }
        return schemaIsObject ? Optional.empty() : Optional.of("its inputSchema is not an object");
    }

    /** What to call the tool in a report, even if it has no name of its own. */
    String label(int position) {
        if (name == null || name.value().isEmpty()) {
            return "tool " + position;
        }
        String printable = name.value().replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= MAX_LABEL_LENGTH ? printable : printable.substring(0, MAX_LABEL_LENGTH) + "...";
    }

    /** The tool, for {@code json[start..end)}. */
    ToolDefinition definition(byte[] json, int end) {
        if (name == null) {
            throw new IllegalStateException("a tool without name has no definition");
        }
        TextSpan own = new TextSpan(name.value(), name.start() - start, name.end() - start);
        return new ToolDefinition(
                RawJson.of(json, start, end),
                own,
                new ToolHints(
                        hint("readOnlyHint"), hint("destructiveHint"), hint("idempotentHint"), hint("openWorldHint")));
    }

    private void readName(JsonParser parser, JsonToken value) throws IOException {
        nameRepeated |= nameSeen;
        nameSeen = true;
        if (value == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            name = new TextSpan(text, JsonSlices.tokenStart(parser), JsonSlices.valueEnd(parser));
        } else {
            parser.skipChildren();
        }
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
