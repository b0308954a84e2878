package io.mcpgateway.broker.era;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The value of an argument that a header repeats, as a call has it (MCP 2026-07-28, Streamable HTTP, "Custom Headers from
 * Tool Parameters").
 *
 * @param text the text of a string, or a number or boolean as written; empty for anything else
 */
public record ParamArgument(JsonToken type, String text) {
    /** Far more than an integer that JavaScript can hold, which is the most that a schema may ask for. */
    private static final int LONGEST_NUMBER = 64;

    /** No number that a header may hold has more. */
    private static final int MOST_DIGITS = 20;

    /** Of arguments that are there and not null. The message was read strictly before, so no name occurs twice. */
    public static Map<ParamHeader, ParamArgument> of(List<ParamHeader> wanted, RawJson message) {
        return wanted.isEmpty() ? Map.of() : message.read(json -> read(json, wanted));
    }

    private static Map<ParamHeader, ParamArgument> read(byte[] message, List<ParamHeader> wanted) {
        Map<ParamHeader, ParamArgument> found = new HashMap<>();
        ObjectMembers.Visitor arguments = collecting(wanted, 0, found);
        ObjectMembers.read(message, ObjectMembers.inside("params", ObjectMembers.inside("arguments", arguments)));
        return found;
    }

    private static ObjectMembers.Visitor collecting(
            List<ParamHeader> wanted, int depth, Map<ParamHeader, ParamArgument> found) {
        return (name, value) -> {
            List<ParamHeader> below = wanted.stream()
                    .filter(param -> param.path().get(depth).equals(name))
                    .toList();
            Optional<ParamArgument> argument = below.isEmpty() ? Optional.empty() : of(value);
            below.stream()
                    .filter(param -> param.path().size() == depth + 1)
                    .forEach(param -> argument.ifPresent(known -> found.put(param, known)));
            List<ParamHeader> deeper = below.stream()
                    .filter(param -> param.path().size() > depth + 1)
                    .toList();
            return deeper.isEmpty()
                    || value.currentToken() != JsonToken.START_OBJECT
                    || ObjectMembers.within(value, collecting(deeper, depth + 1, found));
        };
    }

    /** Empty for null. */
    private static Optional<ParamArgument> of(JsonParser value) throws IOException {
        JsonToken type = value.currentToken();
        return switch (type) {
            case VALUE_NULL -> Optional.empty();
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                Optional.of(new ParamArgument(type, value.getText()));
            default -> Optional.of(new ParamArgument(type, ""));
        };
    }

    /** What its header has to say; empty for an object or an array, which have no form there. */
    public Optional<String> inHeader() {
        return switch (type) {
            case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> Optional.of(HeaderText.encode(text));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Optional.of(HeaderText.encode(integer(text)));
            default -> Optional.empty();
        };
    }

    /** Whether a header that says this, decoded, says the same. */
    public boolean equalTo(String said) {
        return switch (type) {
            case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> text.equals(said);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> text.equals(said) || sameNumber(text, said);
            default -> false;
        };
    }

    /** An integer in decimal digits, however JSON writes it ({@code 42.0}, {@code 4e1}). Everything else is left unchanged. */
    private static String integer(String number) {
        try {
            BigDecimal value = new BigDecimal(number);
            return value.stripTrailingZeros().scale() <= 0 && value.precision() - value.scale() <= MOST_DIGITS
                    ? value.toBigInteger().toString()
                    : number;
        } catch (NumberFormatException beyondAllBounds) {
            return number;
        }
    }

    /** "Server Validation": {@code 42} and {@code 42.0} are one integer. */
    private static boolean sameNumber(String text, String said) {
        if (text.length() > LONGEST_NUMBER || said.length() > LONGEST_NUMBER) {
            return false;
        }
        try {
            return new BigDecimal(text).compareTo(new BigDecimal(said)) == 0;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }
}
