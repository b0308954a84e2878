package io.mcpgateway.broker.router;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.definition.ParamHeaders.ParamHeader;
import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.ModernRefusals;
import io.mcpgateway.broker.refusal.Refusal;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a tool that its schema wants in headers too (MCP 2026-07-28, Streamable HTTP, "Custom Headers from Tool
 * Parameters"): each header is there if and only if its argument is, and says the same. Headers that the schema does not
 * name mean nothing here. Pure.
 */
final class ParamRule {
    private static final int SHOWN_PATH = 128;

    /** Far more than an integer that JavaScript can hold, which is the most that a schema may ask for. */
    private static final int LONGEST_NUMBER = 64;

    private ParamRule() {}

    /** Empty if headers and arguments agree. */
    static Optional<Refusal> refusal(RequestHeaders headers, JsonRpcId id, List<ParamHeader> wanted, RawJson body) {
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Map<ParamHeader, Argument> arguments = body.read(json -> arguments(json, wanted));
        return wanted.stream()
                .flatMap(param -> problem(headers, param, Optional.ofNullable(arguments.get(param))).stream())
                .findFirst()
                .map(problem -> ModernRefusals.headerMismatch(id, problem));
    }

    private static Optional<String> problem(RequestHeaders headers, ParamHeader param, Optional<Argument> argument) {
        String header = "the header " + param.header();
        String path = "arguments." + JsonText.excerpt(String.join(".", param.path()), SHOWN_PATH);
        if (headers.all(param.header()).size() > 1) {
            return Optional.of(header + " is given more than once; send it once");
        }
        Optional<String> value = headers.trimmed(param.header());
        if (value.isEmpty()) {
            return argument.map(_ -> header + " is missing; it has to say what " + path + " says");
        }
        Optional<String> said = value.flatMap(HeaderText::decode);
        if (said.isEmpty()) {
            return Optional.of(header + " is not visible ASCII or Base64 as MCP writes it");
        }
        if (argument.isEmpty()) {
            return Optional.of(header + " is given, but " + path + " is not");
        }
        return argument.get().equalTo(said.get())
                ? Optional.empty()
                : Optional.of(header + " says something else than " + path);
    }

    /** Of arguments that are there and not null. The message was read strictly before, so no name occurs twice. */
    private static Map<ParamHeader, Argument> arguments(byte[] message, List<ParamHeader> wanted) {
        Map<ParamHeader, Argument> found = new HashMap<>();
        ObjectMembers.read(message, (member, params) -> {
            if (member.equals("params") && params.currentToken() == JsonToken.START_OBJECT) {
                ObjectMembers.within(params, (name, value) -> {
                    if (name.equals("arguments") && value.currentToken() == JsonToken.START_OBJECT) {
                        collect(value, wanted, 0, found);
                    }
                    return true;
                });
            }
            return true;
        });
        return found;
    }

    private static void collect(
            JsonParser parser, List<ParamHeader> wanted, int depth, Map<ParamHeader, Argument> found)
            throws IOException {
        ObjectMembers.within(parser, (name, value) -> {
            List<ParamHeader> below = wanted.stream()
                    .filter(param -> param.path().get(depth).equals(name))
                    .toList();
            Optional<Argument> argument = below.isEmpty() ? Optional.empty() : Argument.of(value);
            below.stream()
                    .filter(param -> param.path().size() == depth + 1)
                    .forEach(param -> argument.ifPresent(known -> found.put(param, known)));
            List<ParamHeader> deeper = below.stream()
                    .filter(param -> param.path().size() > depth + 1)
                    .toList();
            if (!deeper.isEmpty() && value.currentToken() == JsonToken.START_OBJECT) {
                collect(value, deeper, depth + 1, found);
            }
            return true;
        });
    }

    /**
     * A value in the message.
     *
     * @param text of a string what it says; of a number or a boolean as it is written; of anything else empty
     */
    private record Argument(JsonToken type, String text) {
        /** Empty for null. */
        static Optional<Argument> of(JsonParser value) throws IOException {
            JsonToken type = value.currentToken();
            return switch (type) {
                case VALUE_NULL -> Optional.empty();
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                    Optional.of(new Argument(type, value.getText()));
                default -> Optional.of(new Argument(type, ""));
            };
        }

        boolean equalTo(String said) {
            return switch (type) {
                case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> text.equals(said);
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> text.equals(said) || sameNumber(text, said);
                // A header has no form for them.
                default -> false;
            };
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
}
