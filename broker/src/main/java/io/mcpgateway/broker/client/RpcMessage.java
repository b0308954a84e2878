package io.mcpgateway.broker.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.ByteOrderMark;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message that a server sent us. Ids are JSON text. */
public sealed interface RpcMessage {
    record Result(String id, RawJson result) implements RpcMessage {}

    /** An error; the ID is {@code null} or empty if it says to which request it belongs only by where it came. */
    record Refusal(String id, int code, String text, Optional<RawJson> data) implements RpcMessage {}

    record ServerRequest(String id, String method) implements RpcMessage {}

    record Notification(String method) implements RpcMessage {}

    record Malformed(String reason) implements RpcMessage {}

    /** Never throws: what is wrong with the bytes is a {@link Malformed}. */
    static RpcMessage parse(byte[] json) {
        return parse(json, true);
    }

    /** The same of the only message in a response, where an error needs no ID to be understood. */
    static RpcMessage parseAnswer(byte[] json) {
        return parse(json, false);
    }

    private static RpcMessage parse(byte[] json, boolean idsRequired) {
        byte[] message = unwrapped(json);
        Reading reading = new Reading(message, idsRequired);
        // Jackson's message quotes the input, which is not ours to show.
        return ObjectMembers.read(message, reading) == ObjectMembers.End.WHOLE
                ? reading.message()
                : new Malformed("malformed JSON");
    }

    /** Whether a reply belongs to the request with this ID; servers return numbers as strings, or 1 as 1.0. */
    static boolean sameId(String replyId, String id) {
        String back = unquoted(replyId);
        String sent = unquoted(id);
        return back.equals(sent)
                || (back.startsWith(sent) && back.substring(sent.length()).matches("\\.0+"));
    }

    private static String unquoted(String id) {
        return id.length() > 1 && id.startsWith("\"") ? id.substring(1, id.length() - 1) : id;
    }

    /** Without a byte order mark, and without the array around a single message. */
    private static byte[] unwrapped(byte[] json) {
        int start = ByteOrderMark.length(json);
        int end = json.length;
        while (start < end && isSpace(json[start])) {
            start++;
        }
        while (end > start && isSpace(json[end - 1])) {
            end--;
        }
        if (end - start > 1 && json[start] == '[' && json[end - 1] == ']') {
            start++;
            end--;
        }
        return start == 0 && end == json.length ? json : Arrays.copyOfRange(json, start, end);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    /** The members seen so far. */
    final class Reading implements ObjectMembers.Visitor {
        private static final int MAX_ID_BYTES = 1024;

        private final byte[] json;
        private final boolean idsRequired;
        private @Nullable String version;
        private @Nullable String id;
        private @Nullable String method;
        private @Nullable RawJson result;
        private @Nullable Refusal error;
        private boolean repeated;

        private Reading(byte[] json, boolean idsRequired) {
            this.json = json;
            this.idsRequired = idsRequired;
        }

        private RpcMessage message() {
            if (repeated || !"2.0".equals(version)) {
                return new Malformed(repeated ? "a JSON-RPC member is given twice" : "not a JSON-RPC 2.0 message");
            }
            return method == null ? reply() : call(method);
        }

        @Override
        public boolean visit(String name, JsonParser value) throws IOException {
            switch (name) {
                case "jsonrpc" -> version = once(version, textOrEmpty(value));
                case "id" -> id = once(id, identifier(value));
                case "method" -> method = once(method, textOrEmpty(value));
                case "result" -> result = once(result, JsonSlices.slice(value, json));
                // Some servers send a null error next to a result.
                case "error" ->
                    error = value.currentToken() == JsonToken.VALUE_NULL ? error : once(error, error(value));
                default -> {}
            }
            return true;
        }

        private <T> T once(@Nullable T before, T value) {
            repeated |= before != null;
            return value;
        }

        private RpcMessage call(String name) {
            if (name.isEmpty() || result != null || error != null) {
                return new Malformed("not a JSON-RPC request");
            }
            if (id != null && (id.isEmpty() || id.equals("null"))) {
                return new Malformed("a JSON-RPC id must be a string or a number");
            }
            return id == null ? new Notification(name) : new ServerRequest(id, name);
        }

        private RpcMessage reply() {
            if (error != null && result != null && result.equals(RawJson.of("null"))) {
                result = null;
            }
            if (id == null && error != null && !idsRequired) {
                id = "";
            }
            if (id == null || (result == null) == (error == null)) {
                return new Malformed("a JSON-RPC reply needs an id and either a result or an error");
            }
            if (result != null) {
                return new Result(id, result);
            }
            return error == null
                    ? new Malformed("no error")
                    : new Refusal(id, error.code(), error.text(), error.data());
        }

        private String identifier(JsonParser parser) throws IOException {
            boolean allowed = parser.currentToken() == JsonToken.VALUE_STRING
                    || parser.currentToken() == JsonToken.VALUE_NULL
                    || parser.currentToken().isNumeric();
            RawJson raw = JsonSlices.slice(parser, json);
            return allowed && raw.length() <= MAX_ID_BYTES ? raw.toString() : "";
        }

        private Refusal error(JsonParser parser) throws IOException {
            ErrorReading error = new ErrorReading(json);
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                ObjectMembers.within(parser, error);
            }
            return new Refusal("", error.code, error.text, Optional.ofNullable(error.data));
        }

        private static String textOrEmpty(JsonParser parser) throws IOException {
            return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        }
    }

    /** The members of an error. */
    final class ErrorReading implements ObjectMembers.Visitor {
        private final byte[] json;
        private int code;
        private String text = "";
        private @Nullable RawJson data;

        private ErrorReading(byte[] json) {
            this.json = json;
        }

        @Override
        public boolean visit(String name, JsonParser value) throws IOException {
            if (name.equals("code") && value.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                code = Math.clamp(value.getValueAsLong(), Integer.MIN_VALUE, Integer.MAX_VALUE);
            } else if (name.equals("message") && value.currentToken() == JsonToken.VALUE_STRING) {
                text = value.getText();
            } else if (name.equals("data")) {
                data = JsonSlices.slice(value, json);
            }
            return true;
        }
    }
}
