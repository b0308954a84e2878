package io.mcpgateway.broker.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Utf8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Checks definitions against the MCP schema and against what the official clients read. Null optional members are cut
 * out; everything else stays byte for byte, or the definition is not served.
 */
public final class DefinitionCheck {
    /** Deepest nesting of one definition: clients on the Python SDK read 200 levels, a few of which are the list's. */
    static final int MAX_DEPTH = 128;
    /** Clients on Jackson read no longer numbers and names, those on pydantic no number of more than 4300 digits. */
    static final int MAX_NUMBER_LENGTH = 1000;

    static final int MAX_NAME_LENGTH = 1024;

    private DefinitionCheck() {}

    public static CheckedDefinition tool(RawJson json) {
        return check(DefinitionShapes.TOOL, json);
    }

    public static CheckedDefinition prompt(RawJson json) {
        return check(DefinitionShapes.PROMPT, json);
    }

    public static CheckedDefinition resource(RawJson json) {
        return check(DefinitionShapes.RESOURCE, json);
    }

    public static CheckedDefinition resourceTemplate(RawJson json) {
        return check(DefinitionShapes.RESOURCE_TEMPLATE, json);
    }

    private static CheckedDefinition check(Shape.Structure shape, RawJson json) {
        byte[] bytes = json.bytes();
        try {
            Optional<String> flaw = flawOfText(bytes);
            return flaw.isPresent()
                    ? new CheckedDefinition.Unfit(List.of(flaw.get()))
                    : ShapeReading.read(shape, bytes);
        } catch (IOException | ArithmeticException e) {
            return new CheckedDefinition.Unfit(List.of("is not readable JSON"));
        }
    }

    /** What no client's JSON reader should be given, wherever it stands. */
    private static Optional<String> flawOfText(byte[] json) throws IOException {
        if (!Utf8.valid(json)) {
            return Optional.of("has bytes that are not UTF-8");
        }
        int depth = 0;
        try (JsonParser parser = JsonSlices.openObject(json)) {
            for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > MAX_DEPTH) {
                    return Optional.of("is nested more than " + MAX_DEPTH + " deep");
                }
                if (token.isNumeric() && parser.getTextLength() > MAX_NUMBER_LENGTH) {
                    return Optional.of("has a number of more than " + MAX_NUMBER_LENGTH + " digits");
                }
                boolean name = token == JsonToken.FIELD_NAME;
                if (name && parser.getTextLength() > MAX_NAME_LENGTH) {
                    return Optional.of("has a member whose name is longer than " + MAX_NAME_LENGTH + " characters");
                }
                if ((name || token == JsonToken.VALUE_STRING) && !whole(parser.getText())) {
                    return Optional.of("has text with half a surrogate pair");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean whole(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }
}
