package io.mcpgateway.broker.pinning;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON in one way of writing, that of RFC 8785: members sorted by name, no white space, strings escaped where they must be.
 * Only numbers stay as they are written: rounding them, as the RFC does, would make different ones equal.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * The members of an object, each in canonical form.
     *
     * @param object a definition that {@link io.mcpgateway.broker.definition.DefinitionCheck} found fit, so it is neither
     *     deep nor malformed
     */
    static SortedMap<String, String> members(RawJson object) {
        return object.read(bytes -> {
            try (JsonParser parser = JsonSlices.openObject(bytes)) {
                return members(parser);
            } catch (IOException e) {
                throw new UncheckedIOException("a definition that was read before", e);
            }
        });
    }

    /** The object with these members. */
    static String object(SortedMap<String, String> members) {
        StringBuilder json = new StringBuilder("{");
        for (Map.Entry<String, String> member : members.entrySet()) {
            if (json.length() > 1) {
                json.append(',');
            }
            json.append(quoted(member.getKey())).append(':').append(member.getValue());
        }
        return json.append('}').toString();
    }

    private static SortedMap<String, String> members(JsonParser parser) throws IOException {
        SortedMap<String, String> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.getText();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static String value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(members(parser));
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> quoted(parser.getText());
            default -> parser.getText();
        };
    }

    /** As RFC 8785, section 3.2.2.2, has it. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '"', '\\' -> json.append('\\').append(character);
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> json.append(character < ' ' ? "\\u%04x".formatted((int) character) : character);
            }
        }
        return json.append('"').toString();
    }

    private static String array(JsonParser parser) throws IOException {
        StringBuilder json = new StringBuilder("[");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (json.length() > 1) {
                json.append(',');
            }
            json.append(value(parser));
        }
        return json.append(']').toString();
    }
}
