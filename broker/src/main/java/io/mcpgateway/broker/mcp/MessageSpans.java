package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the ids stand in one JSON-RPC message. Unlike {@link JsonRpcParser} it judges nothing but what it needs: what
 * a server sends to its client is the client's to judge.
 *
 * @param method empty for a reply
 * @param id of a request or a reply, if it is a string or a number
 * @param requestId {@code params.requestId}, under the same condition
 */
public record MessageSpans(String method, Optional<Span> id, Optional<Span> requestId) {
    /** A JSON value: its text and the range of bytes that holds it. */
    public record Span(String json, int start, int end) {
        public Span {
            Objects.requireNonNull(json, "json");
        }

        public Splice replacedBy(String text) {
            return new Splice(start, end, text);
        }
    }

    private static final MessageSpans NOTHING = new MessageSpans("", Optional.empty(), Optional.empty());

    public MessageSpans {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(requestId, "requestId");
    }

    /** Never throws; of bytes that are no JSON object, or name a member twice that it reads, there is nothing. */
    public static MessageSpans read(RawJson message) {
        return message.read(MessageSpans::read);
    }

    public static MessageSpans read(byte[] message) {
        IdScan scan = new IdScan(message);
        boolean whole = ObjectMembers.read(message, scan) == ObjectMembers.End.WHOLE;
        return whole && !scan.repeated ? scan.found() : NOTHING;
    }

    public static boolean isReply(RawJson message) {
        return message.read(MessageSpans::beginsAsReply);
    }

    /** Whether the message turns out to be a reply before these first bytes of it end. */
    public static boolean beginsAsReply(byte[] beginning) {
        KindScan scan = new KindScan();
        ObjectMembers.read(beginning, scan);
        return scan.reply;
    }

    /** Looks no further than the first member that tells. */
    private static final class KindScan implements ObjectMembers.Visitor {
        private boolean reply;

        @Override
        public boolean visit(String name, JsonParser value) {
            reply = name.equals("result") || name.equals("error");
            return !reply && !name.equals("method");
        }
    }

    private static final class IdScan implements ObjectMembers.Visitor {
        private final byte[] message;
        private @Nullable String method;
        private @Nullable Span id;
        private @Nullable Span requestId;
        private boolean repeated;

        private IdScan(byte[] message) {
            this.message = message;
        }

        private MessageSpans found() {
            return new MessageSpans(
                    method == null ? "" : method, Optional.ofNullable(id), Optional.ofNullable(requestId));
        }

        @Override
        public boolean visit(String name, JsonParser value) throws IOException {
            switch (name) {
                case "id" -> id = once(id, span(value));
                case "method" ->
                    method = once(method, value.currentToken() == JsonToken.VALUE_STRING ? value.getText() : "");
                case "params" -> {
                    if (value.currentToken() == JsonToken.START_OBJECT) {
                        ObjectMembers.within(value, this::visitParam);
                    }
                }
                default -> {}
            }
            return true;
        }

        private boolean visitParam(String name, JsonParser value) throws IOException {
            if (name.equals("requestId")) {
                requestId = once(requestId, span(value));
            }
            return true;
        }

        private <T> @Nullable T once(@Nullable T before, @Nullable T value) {
            repeated |= before != null && value != null;
            return value == null ? before : value;
        }

        /** Null if it is neither a string nor a number. */
        private @Nullable Span span(JsonParser value) throws IOException {
            if (value.currentToken() != JsonToken.VALUE_STRING
                    && !value.currentToken().isNumeric()) {
                return null;
            }
            int start = JsonSlices.tokenStart(value);
            int end = JsonSlices.valueEnd(value);
            return new Span(RawJson.of(message, start, end).toString(), start, end);
        }
    }
}
