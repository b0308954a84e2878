package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which members make a message (JSON-RPC 2.0, sections 4 and 5, as narrowed by MCP 2025-11-25). */
final class MessageShape {
    /** The members that JSON-RPC defines. */
    enum Member {
        JSONRPC("jsonrpc"),
        ID("id"),
        METHOD("method"),
        PARAMS("params"),
        RESULT("result"),
        ERROR("error");

        static final List<Member> ALL = List.of(values());

        private final String wireName;

        Member(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /**
     * The value of a member.
     *
     * @param text of {@code jsonrpc} and {@code method}: the string; of {@code id}: its JSON text; else empty
     */
    record Value(JsonToken token, String text) {
        boolean isTextOrNumber() {
            return token == JsonToken.VALUE_STRING || token.isNumeric();
        }
    }

    private static final Optional<String> FINE = Optional.empty();

    private MessageShape() {}

    /** What is wrong with a message of these members, if anything is. */
    static Optional<String> problem(Map<Member, Value> members) {
        Value version = members.get(Member.JSONRPC);
        if (version == null) {
            return Optional.of("the member 'jsonrpc' is missing; it must be \"2.0\"");
        }
        if (version.token != JsonToken.VALUE_STRING || !version.text.equals("2.0")) {
            return Optional.of("the member 'jsonrpc' must be the string \"2.0\"");
        }
        boolean result = members.containsKey(Member.RESULT);
        boolean error = members.containsKey(Member.ERROR);
        if (members.containsKey(Member.METHOD)) {
            return result || error
                    ? Optional.of("a message must not have both 'method' and 'result' or 'error'")
                    : problemOfCall(members);
        }
        if (result && error) {
            return Optional.of("a reply must have either 'result' or 'error', not both");
        }
        return result || error
                ? problemOfReply(members)
                : Optional.of(
                        "the member 'method' is missing (and it is not a reply: it has neither 'result' nor 'error')");
    }

    private static Optional<String> problemOfCall(Map<Member, Value> members) {
        Value method = members.get(Member.METHOD);
        Value id = members.get(Member.ID);
        Value params = members.get(Member.PARAMS);
        if (method == null || method.token != JsonToken.VALUE_STRING || method.text.isEmpty()) {
            return Optional.of("the member 'method' must be a non-empty string");
        }
        if (id != null && id.token == JsonToken.VALUE_NULL) {
            return Optional.of("the member 'id' must not be null; leave it out in a notification");
        }
        if (id != null && !id.isTextOrNumber()) {
            return Optional.of("the member 'id' must be a string or a number");
        }
        // Some clients write null for no params.
        return params != null && params.token != JsonToken.START_OBJECT && params.token != JsonToken.VALUE_NULL
                ? Optional.of("the member 'params' must be an object, or left out")
                : FINE;
    }

    /** An error reply may lack its ID, because its sender may have been unable to read the request (MCP 2025-11-25). */
    private static Optional<String> problemOfReply(Map<Member, Value> members) {
        Value id = members.get(Member.ID);
        Value error = members.get(Member.ERROR);
        boolean fitting = (id == null || id.token == JsonToken.VALUE_NULL) ? error != null : id.isTextOrNumber();
        if (!fitting) {
            return Optional.of("the member 'id' of a reply must be a string or a number");
        }
        return error != null && error.token != JsonToken.START_OBJECT
                ? Optional.of("the member 'error' must be an object")
                : FINE;
    }
}
