package io.mcpgateway.broker.pinning;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON in one way of writing: members sorted by name, no white space, strings escaped where they must be. Numbers stay as
 * they are written: rounding them, as RFC 8785 does, would make different ones equal.
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
            JsonText.appendQuoted(json, member.getKey());
            json.append(':').append(member.getValue());
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
            case VALUE_STRING -> JsonText.quote(parser.getText());
            default -> parser.getText();
        };
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
