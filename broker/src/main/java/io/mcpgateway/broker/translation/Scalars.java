package io.mcpgateway.broker.translation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.StrictJson;
import java.io.IOException;
import java.util.Optional;

/** Single JSON values. */
final class Scalars {
    /** How many characters of foreign text errors show. */
    static final int SHOWN = 300;

    private Scalars() {}

    /** Of a JSON string its text; empty for everything else. */
    static Optional<String> text(RawJson json) {
        return json.read(bytes -> {
            try (JsonParser parser = StrictJson.parser(bytes)) {
                return parser.nextToken() == JsonToken.VALUE_STRING
                        ? Optional.of(parser.getText())
                        : Optional.<String>empty();
            } catch (IOException notJson) {
                return Optional.<String>empty();
            }
        });
    }
}
