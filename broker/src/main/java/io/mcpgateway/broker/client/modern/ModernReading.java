package io.mcpgateway.broker.client.modern;

import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.client.EventReader;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.ReplyReader;
import io.mcpgateway.broker.client.RpcMessage;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.transport.Encodings;
import io.mcpgateway.broker.transport.IncomingResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the answer to one request, which is JSON or a stream of events (MCP 2026-07-28, "Receiving Messages"). */
final class ModernReading {
    private static final int MAX_REFUSAL = 64 * 1024;

    private final String id;
    private final HttpLimits limits;
    private final long maxBytes;
    private final MessageListener listener;
    /** Whether a subscription has to be acknowledged before anything else. */
    private boolean unacknowledged;

    private ModernReading(
            String id, HttpLimits limits, long maxBytes, MessageListener listener, boolean unacknowledged) {
        this.id = id;
        this.limits = limits;
        this.maxBytes = maxBytes;
        this.listener = listener;
        this.unacknowledged = unacknowledged;
    }

    ModernReading(String id, HttpLimits limits, MessageListener listener) {
        this(id, limits, limits.maxResponseBytes(), listener, false);
    }

    /** Of a subscription: there is no end to what it may send, as long as no event is too large. */
    static ModernReading ofStream(String id, HttpLimits limits, MessageListener listener) {
        return new ModernReading(id, limits, Long.MAX_VALUE, listener, true);
    }

    ModernReply read(IncomingResponse response) throws IOException, InterruptedException {
        int status = response.status();
        if (status < 200 || status >= 300) {
            return refusal(response);
        }
        Optional<McpOutcome.Failure> unreadable = ReplyReader.unreadable(response);
        if (unreadable.isPresent()) {
            return new ModernReply.Failed(unreadable.get());
        }
        InputStream body = Encodings.decoded(response);
        return ReplyReader.isEventStream(response) ? stream(body, status) : json(body, status);
    }

    private ModernReply json(InputStream body, int status) throws IOException {
        Optional<byte[]> json = ReplyReader.json(body, limits);
        return json.isEmpty()
                ? new ModernReply.Failed(ReplyReader.tooLarge(limits))
                : settled(RpcMessage.parseAnswer(json.get()), status)
                        .orElseGet(() -> violation("the response does not belong to the request"));
    }

    private ModernReply stream(InputStream body, int status) throws IOException, InterruptedException {
        ModernReply tooLarge = new ModernReply.Failed(ReplyReader.tooLarge(limits));
        return EventReader.until(body, limits, maxBytes, event -> event(event.data(), status), tooLarge)
                .orElseGet(() -> violation("the event stream ended without a response"));
    }

    private Optional<ModernReply> event(String data, int status) throws InterruptedException {
        RawJson json = RawJson.of(data);
        return switch (RpcMessage.parse(json.bytes())) {
            case RpcMessage.Notification(String method) -> notified(method, json);
            // Servers send text to keep the connection alive. Requests are not allowed in these revisions.
            case RpcMessage.Malformed _, RpcMessage.ServerRequest _ -> Optional.empty();
            case RpcMessage reply -> settled(reply, status);
        };
    }

    private Optional<ModernReply> notified(String method, RawJson json) throws InterruptedException {
        if (unacknowledged && !method.equals(McpMethod.ACKNOWLEDGED.wireName())) {
            return Optional.of(violation("the server did not acknowledge the subscription first"));
        }
        unacknowledged = false;
        listener.notified(method, json);
        return Optional.empty();
    }

    /** The reply, if the message is one. */
    private Optional<ModernReply> settled(RpcMessage message, int status) {
        return switch (message) {
            case RpcMessage.Result(String replyId, RawJson result) ->
                Optional.of(
                        RpcMessage.sameId(replyId, id)
                                ? result(result)
                                : new ModernReply.Failed(ReplyReader.foreign()));
            case RpcMessage.Refusal refusal ->
                Optional.of(
                        isOurs(refusal)
                                ? new ModernReply.Refused(status, refusal.code(), refusal.text(), refusal.data())
                                : new ModernReply.Failed(ReplyReader.foreign()));
            case RpcMessage.Malformed(String reason) -> Optional.of(violation(reason));
            case RpcMessage.ServerRequest _, RpcMessage.Notification _ -> Optional.empty();
        };
    }

    private ModernReply result(RawJson result) {
        String[] type = {McpResults.COMPLETE};
        ObjectMembers.End end = result.read(json -> ObjectMembers.read(json, (name, value) -> {
            boolean found = name.equals(McpResults.RESULT_TYPE);
            if (found) {
                type[0] = value.currentToken() == JsonToken.VALUE_STRING ? value.getText() : "";
            }
            return !found;
        }));
        return end == ObjectMembers.End.BROKEN || type[0].isEmpty()
                ? violation("the result is not an object with a resultType")
                : new ModernReply.Result(result, type[0]);
    }

    /** An error of the request itself has a JSON-RPC error as its body, which says more than the status. */
    private ModernReply refusal(IncomingResponse response) throws IOException {
        int status = response.status();
        boolean redirected = status >= 300 && status < 400;
        byte[] body = redirected ? new byte[0] : Encodings.decoded(response).readNBytes(MAX_REFUSAL);
        return aboutTheRequest(status)
                        && RpcMessage.parseAnswer(body) instanceof RpcMessage.Refusal refusal
                        && isOurs(refusal)
                ? new ModernReply.Refused(status, refusal.code(), refusal.text(), refusal.data())
                : new ModernReply.Failed(ReplyReader.failure(response, body));
    }

    private boolean isOurs(RpcMessage.Refusal refusal) {
        return refusal.id().isEmpty() || refusal.id().equals("null") || RpcMessage.sameId(refusal.id(), id);
    }

    /** Other statuses are about the credential, about the moment, or not of the server at all. */
    private static boolean aboutTheRequest(int status) {
        return switch (status) {
            case 401, 403, 407, 408, 429 -> false;
            default -> status >= 400 && status < 500;
        };
    }

    private static ModernReply violation(String message) {
        return new ModernReply.Failed(new McpOutcome.ProtocolViolation(message));
    }
}
