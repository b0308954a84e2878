package io.mcpgateway.broker.endpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * The members of {@code params} that the broker's own methods read, from a body that {@code JsonRpcParser} accepted
 * already. Pure.
 *
 * @param protocolVersion of {@code initialize}
 * @param features what {@code initialize} declares under {@code capabilities}
 * @param leftOut what of them is not passed on to servers for its size; empty if nothing
 * @param cursor of a list request
 * @param level of {@code logging/setLevel}
 */
record RequestParams(
        Optional<String> protocolVersion,
        ClientFeatures features,
        String leftOut,
        Optional<String> cursor,
        Optional<String> level) {
    RequestParams {
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(leftOut, "leftOut");
        Objects.requireNonNull(cursor, "cursor");
        Objects.requireNonNull(level, "level");
    }

    /** Members of another type than expected count as absent, except a cursor, which is kept as its JSON text. */
    static RequestParams read(RawJson body) {
        Optional<String> version = Optional.empty();
        Optional<String> cursor = Optional.empty();
        Optional<String> level = Optional.empty();
        ClientFeatures features = ClientFeatures.NONE;
        String leftOut = "";
        byte[] json = body.bytes();
        try (JsonParser parser = JsonSlices.openObject(json)) {
            if (!enterParams(parser)) {
                return new RequestParams(version, features, leftOut, cursor, level);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (member) {
                    case "protocolVersion" -> version = string(parser);
                    case "level" -> level = string(parser);
                    case "cursor" -> cursor = cursor(parser, value);
                    case "capabilities" -> {
                        RawJson capabilities = JsonSlices.slice(parser, json);
                        features = ClientFeatures.of(capabilities);
                        leftOut = ClientFeatures.leftOut(capabilities);
                    }
                    default -> {}
                }
                parser.skipChildren();
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("the body was parsed before", impossible);
        }
        return new RequestParams(version, features, leftOut, cursor, level);
    }

    private static Optional<String> string(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
    }

    /** Some clients ask for the first page with {@code null} or an empty text. */
    private static Optional<String> cursor(JsonParser parser, JsonToken value) throws IOException {
        boolean first = value == JsonToken.VALUE_NULL
                || (value == JsonToken.VALUE_STRING && parser.getText().isEmpty());
        return first ? Optional.empty() : Optional.of(parser.getText());
    }

    private static boolean enterParams(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean params = parser.currentName().equals("params");
            if (parser.nextToken() == JsonToken.START_OBJECT && params) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }
}
