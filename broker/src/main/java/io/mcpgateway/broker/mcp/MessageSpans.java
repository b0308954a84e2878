package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
        try (JsonParser parser = JsonSlices.openObject(message)) {
            Map<String, Span> found = new HashMap<>(4);
            boolean once = readMembers(parser, message, found);
            JsonSlices.expectEnd(parser);
            return once ? of(found) : NOTHING;
        } catch (IOException | ArithmeticException notAMessage) {
            return NOTHING;
        }
    }

    public static boolean isReply(RawJson message) {
        return message.read(MessageSpans::beginsAsReply);
    }

    /** Whether the message turns out to be a reply before these first bytes of it end. */
    public static boolean beginsAsReply(byte[] beginning) {
        try (JsonParser parser = JsonSlices.openObject(beginning)) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (name.equals("result") || name.equals("error")) {
                    return true;
                }
                if (name.equals("method")) {
                    return false;
                }
                parser.nextToken();
                parser.skipChildren();
                parser.finishToken();
            }
            return false;
        } catch (IOException | ArithmeticException endsBefore) {
            return false;
        }
    }

    private static MessageSpans of(Map<String, Span> found) {
        Span method = found.get("method");
        return new MessageSpans(
                method == null ? "" : method.json(),
                Optional.ofNullable(found.get("id")),
                Optional.ofNullable(found.get("requestId")));
    }

    private static boolean readMembers(JsonParser parser, byte[] message, Map<String, Span> found) throws IOException {
        boolean once = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> once &= keepId(name, parser, message, found);
                case "method" -> {
                    String text = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                    once &= found.put(name, new Span(text, 0, 0)) == null;
                }
                case "params" -> once &= value != JsonToken.START_OBJECT || readParams(parser, message, found);
                default -> {}
            }
            parser.skipChildren();
        }
        return once;
    }

    private static boolean readParams(JsonParser parser, byte[] message, Map<String, Span> found) throws IOException {
        boolean once = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("requestId")) {
                once &= keepId(name, parser, message, found);
            }
            parser.skipChildren();
        }
        return once;
    }

    private static boolean keepId(String name, JsonParser parser, byte[] message, Map<String, Span> found)
            throws IOException {
        JsonToken value = parser.currentToken();
        if (value != JsonToken.VALUE_STRING && !value.isNumeric()) {
            return true;
        }
        int start = JsonSlices.tokenStart(parser);
        parser.finishToken();
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        return found.put(name, new Span(RawJson.of(message, start, end).toString(), start, end)) == null;
    }
}
