package io.mcpgateway.broker.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.session.ClientFeatures;
import java.io.IOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The members of {@code params} that the broker's own methods read, from a body that {@code JsonRpcParser} accepted
 * already. Pure.
 *
 * @param protocolVersion of {@code initialize}
 * @param features what {@code initialize} declares under {@code capabilities}
 * @param cursor of a list request
 * @param level of {@code logging/setLevel}
 */
record RequestParams(
        Optional<String> protocolVersion, ClientFeatures features, Optional<String> cursor, Optional<String> level) {
    private static final JsonFactory JSON = new JsonFactory();

    RequestParams {
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(cursor, "cursor");
        Objects.requireNonNull(level, "level");
    }

    /** Members of another type than expected count as absent, except a cursor, which is kept as its JSON text. */
    static RequestParams read(RawJson body) {
        Optional<String> version = Optional.empty();
        Optional<String> cursor = Optional.empty();
        Optional<String> level = Optional.empty();
        Set<String> capabilities = new HashSet<>();
        try (JsonParser parser = JSON.createParser(body.bytes())) {
            if (!enterParams(parser)) {
                return new RequestParams(version, ClientFeatures.NONE, cursor, level);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (member) {
                    case "protocolVersion" -> version = string(parser);
                    case "level" -> level = string(parser);
                    case "cursor" ->
                        cursor = value == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(parser.getText());
                    case "capabilities" -> capabilities = objectMembers(parser);
                    default -> {}
                }
                parser.skipChildren();
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("the body was parsed before", impossible);
        }
        return new RequestParams(version, features(capabilities), cursor, level);
    }

    private static Optional<String> string(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
    }

    private static ClientFeatures features(Set<String> capabilities) {
        return new ClientFeatures(
                capabilities.contains("elicitation"),
                capabilities.contains("sampling"),
                capabilities.contains("roots"));
    }

    private static boolean enterParams(JsonParser parser) throws IOException {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean params = parser.currentName().equals("params");
            if (parser.nextToken() == JsonToken.START_OBJECT && params) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /** Names of the members that are objects; leaves the parser at the end of the object. */
    private static Set<String> objectMembers(JsonParser parser) throws IOException {
        Set<String> names = new HashSet<>();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return names;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                names.add(name);
            }
            parser.skipChildren();
        }
        return names;
    }
}
