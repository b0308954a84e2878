package io.mcpgateway.broker.session;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.StrictJson;
import io.mcpgateway.broker.json.Utf8;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one part of a JWT. Only texts, whole numbers, arrays of texts and objects can be read; everything
 * else is only known to exist.
 */
record JwtClaims(Map<String, Object> values) {
    /** The last second of the year 9999: later times are nonsense and would overflow arithmetic. */
    private static final long LAST_SECOND = 253_402_300_799L;

    /** Stands for a value of a type that no claim of ours has. */
    private static final Object OTHER = new Object();

    /** Decodes base64url without padding, then reads a JSON object without duplicates; empty if it is not that. */
    static Optional<JwtClaims> decode(String base64) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(base64);
            return Utf8.valid(json) ? read(json) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A claim that is a non-empty string. */
    Optional<String> text(String name) {
        return values.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** A claim that is an object, as it was written. */
    Optional<RawJson> object(String name) {
        return values.get(name) instanceof RawJson object ? Optional.of(object) : Optional.empty();
    }

    /** A claim that is a NumericDate of whole seconds, not before 1970. */
    Optional<Instant> instant(String name) {
        return values.get(name) instanceof Long second && second >= 0 && second <= LAST_SECOND
                ? Optional.of(Instant.ofEpochSecond(second))
                : Optional.empty();
    }

    /** RFC 7519, 4.1.3: one string, or an array of strings. */
    boolean hasAudience(String audience) {
        Object value = values.get("aud");
        return audience.equals(value) || (value instanceof List<?> list && list.contains(audience));
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return "JwtClaims" + values.keySet();
    }

    private static Optional<JwtClaims> read(byte[] json) throws IOException {
        try (JsonParser parser = StrictJson.parser(json)) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> values = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                values.put(name, value(parser, parser.nextToken(), json));
            }
            return parser.nextToken() == null ? Optional.of(new JwtClaims(values)) : Optional.empty();
        }
    }

    private static Object value(JsonParser parser, JsonToken token, byte[] json) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        if (token == JsonToken.START_OBJECT) {
            return JsonSlices.slice(parser, json);
        }
        if (token != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return OTHER;
        }
        List<Object> items = new ArrayList<>();
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            items.add(value(parser, item, json));
        }
        return items;
    }
}
