package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.json.DupDetector;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.MemberCut;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Meta;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Notification;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Params;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Reference;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Reply;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.MessageShape.Member;
import io.mcpgateway.broker.mcp.MessageShape.Value;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one message. It continues after the first thing that it does not accept, as long as the JSON is valid,
 * so the response can contain the ID wherever it is.
 */
final class MessageScan {
    private static final int SHOWN_NAME = 64;
    private static final String REFERENCE = "ref";
    private static final String TASK = "task";
    private static final List<String> ROUTED_PARAMS =
            List.of("name", "uri", REFERENCE, McpResults.TASK_ID, McpResults.REQUEST_STATE);
    private static final List<String> REFERENCE_MEMBERS = List.of("type", "name", "uri");

    private final byte[] body;
    private final JsonParser parser;
    private final Map<Member, Value> members = new EnumMap<>(Member.class);
    private final Map<String, TextSpan> params = new HashMap<>(4);
    private final Map<String, TextSpan> reference = new HashMap<>(4);
    private final Map<String, String> metaTexts = new HashMap<>(0);
    private final Map<String, RawJson> metaObjects = new HashMap<>(0);
    private @Nullable Splice task;
    private @Nullable String problem; // the first one

    MessageScan(byte[] body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    /** The id, as far as it was read and can be one. */
    JsonRpcId id() {
        Value id = members.get(Member.ID);
        return id == null || !id.isTextOrNumber() ? JsonRpcId.NONE : new JsonRpcId(id.text());
    }

    JsonRpcMessage read() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return JsonRpcParser.notJson("the body is empty; send one JSON-RPC message", JsonRpcId.NONE);
        }
        if (first == JsonToken.START_ARRAY) {
            return JsonRpcParser.notAccepted(
                    "a batch (JSON array) is not accepted; send one message per request", JsonRpcId.NONE);
        }
        if (first == JsonToken.START_OBJECT) {
            readMessage();
        } else {
            parser.finishToken();
            problem = "the body is not a JSON object";
        }
        return endsHere() ? conclude() : JsonRpcParser.notJson("there is data after the JSON message", id());
    }

    private boolean endsHere() throws IOException {
        try {
            return parser.nextToken() == null;
        } catch (StreamReadException e) {
            return false; // what follows is not even JSON
        }
    }

    private void readMessage() throws IOException {
        DupDetector seen = DupDetector.rootDetector(parser);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Optional<Member> member = memberNamed(name);
            boolean repeated = refusedAsRepeated(seen, name);
            JsonToken token = parser.nextToken();
            if (member.isPresent()) {
                readMember(member.get(), token, seen);
                if (repeated && member.get() == Member.ID) {
                    members.put(Member.ID, new Value(JsonToken.NOT_AVAILABLE, "")); // which of the two is it?
                }
            } else {
                walk(token, seen);
            }
        }
    }

    private Optional<Member> memberNamed(String name) {
        for (Member member : Member.ALL) {
            if (member.wireName().equals(name)) {
                return Optional.of(member);
            }
        }
        for (Member member : Member.ALL) {
            refuseLookAlike(name, member.wireName());
        }
        return Optional.empty();
    }

    private void readMember(Member member, JsonToken token, DupDetector seen) throws IOException {
        switch (member) {
            case ID -> members.put(member, new Value(token, token.isScalarValue() ? tokenBytes() : ""));
            case JSONRPC, METHOD ->
                members.put(member, new Value(token, token == JsonToken.VALUE_STRING ? parser.getText() : ""));
            case PARAMS, RESULT, ERROR -> members.put(member, new Value(token, ""));
        }
        if (member == Member.PARAMS && token == JsonToken.START_OBJECT) {
            readParams(seen.child());
        } else {
            walk(token, seen);
        }
    }

    private void readParams(DupDetector seen) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            refusedAsRepeated(seen, name);
            int start = (int) parser.currentTokenLocation().getByteOffset();
            JsonToken token = parser.nextToken();
            take(ROUTED_PARAMS, name, token, params);
            if (name.equals(REFERENCE) && token == JsonToken.START_OBJECT) {
                readReference(seen.child());
            } else if (name.equals(McpMeta.MEMBER) && token == JsonToken.START_OBJECT) {
                readMeta(seen.child());
            } else {
                walk(token, seen);
            }
            if (name.equals(TASK)) {
                parser.finishToken();
                task = task != null
                        ? task
                        : MemberCut.of(
                                body, start, (int) parser.currentLocation().getByteOffset());
            }
        }
    }

    private void readReference(DupDetector seen) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            refusedAsRepeated(seen, name);
            JsonToken token = parser.nextToken();
            take(REFERENCE_MEMBERS, name, token, reference);
            walk(token, seen);
        }
    }

    private void readMeta(DupDetector seen) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            refusedAsRepeated(seen, name);
            JsonToken token = parser.nextToken();
            boolean ofTheProtocol = name.startsWith(McpMeta.PREFIX);
            if (ofTheProtocol && token == JsonToken.VALUE_STRING) {
                metaTexts.put(name, parser.getText());
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            walk(token, seen);
            if (ofTheProtocol && token == JsonToken.START_OBJECT) {
                metaObjects.put(name, RawJson.of(body, start, (int)
                        parser.currentLocation().getByteOffset()));
            }
        }
    }

    /** Keeps a member that routing reads, if it is a string. */
    private void take(List<String> routed, String name, JsonToken token, Map<String, TextSpan> into)
            throws IOException {
        for (String known : routed) {
            if (!known.equals(name)) {
                refuseLookAlike(name, known);
            } else if (token == JsonToken.VALUE_STRING) {
                into.put(name, textSpan());
            }
        }
    }

    /** Reads the rest of the value that starts with {@code token}, for its syntax and its duplicates only. */
    private void walk(JsonToken token, DupDetector seen) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            DupDetector names = seen.child();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                refusedAsRepeated(names, parser.currentName());
                walk(parser.nextToken(), names);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                walk(next, seen);
            }
        }
    }

    private boolean refusedAsRepeated(DupDetector seen, String name) throws IOException {
        boolean repeated = seen.isDup(name);
        if (repeated && problem == null) {
            problem = "the name '" + JsonText.excerpt(name, SHOWN_NAME) + "' occurs twice in one object";
        }
        return repeated;
    }

    private void refuseLookAlike(String name, String known) {
        if (name.equalsIgnoreCase(known) && problem == null) {
            problem = "the name '" + JsonText.excerpt(name, SHOWN_NAME) + "' differs from '" + known
                    + "' only in case; names are case-sensitive";
        }
    }

    private TextSpan textSpan() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String text = parser.getText(); // reads the token to its end
        return new TextSpan(text, start, (int) parser.currentLocation().getByteOffset());
    }

    private String tokenBytes() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return RawJson.of(body, start, end).toString();
    }

    private JsonRpcMessage conclude() {
        Optional<String> refused = problem == null ? MessageShape.problem(members) : Optional.of(problem);
        if (refused.isPresent()) {
            return JsonRpcParser.notAccepted(refused.get(), id());
        }
        Value method = members.get(Member.METHOD);
        if (method == null) {
            return new Reply(id(), members.containsKey(Member.ERROR));
        }
        Params routed = new Params(
                Optional.ofNullable(params.get("name")),
                Optional.ofNullable(params.get("uri")),
                new Reference(
                        Optional.ofNullable(reference.get("type")).map(TextSpan::value),
                        Optional.ofNullable(reference.get("name")),
                        Optional.ofNullable(reference.get("uri"))),
                Optional.ofNullable(params.get(McpResults.TASK_ID)),
                Optional.ofNullable(params.get(McpResults.REQUEST_STATE)),
                Optional.ofNullable(task),
                metaTexts.isEmpty() && metaObjects.isEmpty() ? Meta.NONE : meta());
        return members.containsKey(Member.ID)
                ? new Request(id(), method.text(), routed)
                : new Notification(method.text(), routed);
    }

    private Meta meta() {
        return new Meta(
                Optional.ofNullable(metaTexts.get(McpMeta.PROTOCOL_VERSION)),
                Optional.ofNullable(metaObjects.get(McpMeta.CLIENT_CAPABILITIES)),
                Optional.ofNullable(metaObjects.get(McpMeta.CLIENT_INFO)),
                Optional.ofNullable(metaTexts.get(McpMeta.LOG_LEVEL)));
    }
}
