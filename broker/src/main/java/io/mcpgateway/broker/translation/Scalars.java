package io.mcpgateway.broker.translation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.StrictJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/** Single JSON values. */
final class Scalars {
    /** How many characters of foreign text errors show. */
    static final int SHOWN = 300;

    /** No number that a header may hold has more. */
    private static final int MOST_DIGITS = 20;

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

    /** An integer in decimal digits, however JSON writes it ({@code 42.0}, {@code 4e1}); all else as it is. */
    static String integer(String number) {
        try {
            BigDecimal value = new BigDecimal(number);
            return value.stripTrailingZeros().scale() <= 0 && value.precision() - value.scale() <= MOST_DIGITS
                    ? value.toBigInteger().toString()
                    : number;
        } catch (NumberFormatException beyondAllBounds) {
            return number;
        }
    }
}
