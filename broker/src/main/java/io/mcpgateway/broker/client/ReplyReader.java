package io.mcpgateway.broker.client;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.transport.Encodings;
import io.mcpgateway.broker.transport.IncomingResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Reads the answer to one POSTed request, or the messages of one listening stream. */
public final class ReplyReader {
    private static final int MAX_SERVER_REQUESTS = 100;

    private final HttpLimits limits;
    private final ServerMessages messages;

    ReplyReader(HttpLimits limits, ServerMessages messages) {
        this.limits = limits;
        this.messages = messages;
    }

    /** What a server sends in addition to the reply. */
    interface ServerMessages {
        void notified(String method);

        void asked(RpcMessage.ServerRequest request) throws InterruptedException;
    }

    /** Why the status alone settles it, if it does. */
    static Optional<McpOutcome.Failure> refusal(IncomingResponse response, boolean namedSession) throws IOException {
        int status = response.status();
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        return Optional.of(
                status == 404 && namedSession
                        ? new McpOutcome.SessionLost()
                        : failure(response, RefusalDetail.body(response)));
    }

    /** What a status other than success means, with what its body says. */
    public static McpOutcome.HttpFailure failure(IncomingResponse response, byte[] body) {
        boolean challenged = response.first(StandardHeaders.WWW_AUTHENTICATE).isPresent();
        return new McpOutcome.HttpFailure(response.status(), RefusalDetail.of(response, body), "", challenged);
    }

    /** Whether the body is a stream of events. */
    public static boolean isEventStream(IncomingResponse response) {
        return mediaType(response).equals(MediaTypes.EVENT_STREAM);
    }

    /** Why a successful response cannot hold a message, if it cannot. */
    public static Optional<McpOutcome.Failure> unreadable(IncomingResponse response) {
        if (!Encodings.readable(response)) {
            return Optional.of(new McpOutcome.ProtocolViolation(
                    "the response is compressed, although the gateway did not ask for it"));
        }
        String type = mediaType(response);
        return type.equals(MediaTypes.JSON) || type.equals(MediaTypes.EVENT_STREAM)
                ? Optional.empty()
                : Optional.of(new McpOutcome.ProtocolViolation("not an MCP response: HTTP " + response.status()
                        + " with content type "
                        + (type.isEmpty() ? "missing" : type.replaceAll("[^a-z0-9./+-]", "?"))));
    }

    /** The whole body; empty if it is larger than the limit. */
    public static Optional<byte[]> json(InputStream body, HttpLimits limits) throws IOException {
        byte[] json = body.readNBytes(limits.maxResponseBytes());
        return json.length == limits.maxResponseBytes() && body.read() >= 0 ? Optional.empty() : Optional.of(json);
    }

    /** The reply to request {@code id} from a successful response. */
    McpOutcome reply(IncomingResponse response, String id) throws IOException, InterruptedException {
        Optional<McpOutcome.Failure> unreadable = unreadable(response);
        if (unreadable.isPresent()) {
            return unreadable.get();
        }
        InputStream body = Encodings.decoded(response);
        return isEventStream(response) ? replyFromStream(body, id) : replyFromJson(body, id);
    }

    /** Reads a listening stream to its end. */
    ListenOutcome listen(InputStream body) throws IOException, InterruptedException {
        Optional<McpOutcome> end = EventReader.until(
                body,
                limits,
                Long.MAX_VALUE,
                event -> {
                    dispatch(RpcMessage.parse(event.data().getBytes(StandardCharsets.UTF_8)));
                    return Optional.empty();
                },
                tooLarge(limits));
        return end.isPresent() && end.get() instanceof McpOutcome.Failure failure
                ? new ListenOutcome.Failed(failure)
                : new ListenOutcome.Closed();
    }

    private McpOutcome replyFromJson(InputStream body, String id) throws IOException, InterruptedException {
        Optional<byte[]> json = json(body, limits);
        if (json.isEmpty()) {
            return tooLarge(limits);
        }
        RpcMessage message = RpcMessage.parse(json.get());
        if (message instanceof RpcMessage.Refusal(String errorId, int code, String text, var _)
                && errorId.equals("null")) {
            return new McpOutcome.RpcError(code, text);
        }
        return match(message, id)
                .orElseGet(() -> new McpOutcome.ProtocolViolation("the response does not belong to the request"));
    }

    private McpOutcome replyFromStream(InputStream body, String id) throws IOException, InterruptedException {
        int[] asked = {0};
        EventReader.Step<McpOutcome> step = event -> {
            RpcMessage message = RpcMessage.parse(event.data().getBytes(StandardCharsets.UTF_8));
            if (message instanceof RpcMessage.ServerRequest && ++asked[0] > MAX_SERVER_REQUESTS) {
                return Optional.of(
                        new McpOutcome.ProtocolViolation("the server sends too many requests before it answers"));
            }
            dispatch(message);
            // Official clients ignore what is not a message: servers send text to keep the connection alive.
            return message instanceof RpcMessage.Malformed ? Optional.empty() : match(message, id);
        };
        Optional<McpOutcome> outcome =
                EventReader.until(body, limits, limits.maxResponseBytes(), step, tooLarge(limits));
        return outcome.orElseGet(() -> new McpOutcome.ProtocolViolation("the event stream ended without a response"));
    }

    /** The outcome if the message settles the request; replies to somebody else and notifications do not. */
    private static Optional<McpOutcome> match(RpcMessage message, String id) {
        return switch (message) {
            case RpcMessage.Result(String replyId, var result) ->
                Optional.of(RpcMessage.sameId(replyId, id) ? new McpOutcome.Answer(result) : foreign());
            case RpcMessage.Refusal(String replyId, int code, String text, var _) ->
                Optional.of(RpcMessage.sameId(replyId, id) ? new McpOutcome.RpcError(code, text) : foreign());
            case RpcMessage.Malformed(String reason) -> Optional.of(new McpOutcome.ProtocolViolation(reason));
            case RpcMessage.ServerRequest _, RpcMessage.Notification _ -> Optional.empty();
        };
    }

    private void dispatch(RpcMessage message) throws InterruptedException {
        if (message instanceof RpcMessage.Notification(String method)) {
            messages.notified(method);
        } else if (message instanceof RpcMessage.ServerRequest request) {
            messages.asked(request);
        }
    }

    /** The response has more bytes than the limits allow. */
    public static McpOutcome.Failure tooLarge(HttpLimits limits) {
        return new McpOutcome.ProtocolViolation("the response is larger than the limit of " + limits.maxResponseBytes()
                + " bytes (one event: " + limits.maxEventBytes() + ")");
    }

    /** The response belongs to another request. */
    public static McpOutcome.Failure foreign() {
        return new McpOutcome.ProtocolViolation("the response has the ID of another request");
    }

    private static String mediaType(IncomingResponse response) {
        String type = response.first(StandardHeaders.CONTENT_TYPE).orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
