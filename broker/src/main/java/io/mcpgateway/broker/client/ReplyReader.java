package io.mcpgateway.broker.client;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.network.Encodings;
import io.mcpgateway.broker.sse.SseDecoder;
import io.mcpgateway.broker.sse.SseEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the answer to one POSTed request, or the messages of one listening stream. */
final class ReplyReader {
    private static final int CHUNK = 16 * 1024;
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
    static Optional<McpOutcome.Failure> refusal(HttpResponse<InputStream> response, boolean namedSession)
            throws IOException {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        return Optional.of(
                status == 404 && namedSession
                        ? new McpOutcome.SessionLost()
                        : new McpOutcome.HttpFailure(
                                status,
                                RefusalDetail.of(response),
                                "",
                                response.headers()
                                        .firstValue(StandardHeaders.WWW_AUTHENTICATE)
                                        .isPresent()));
    }

    static boolean isEventStream(HttpResponse<?> response) {
        return mediaType(response).equals(MediaTypes.EVENT_STREAM);
    }

    /** The reply to request {@code id} from a successful response. */
    McpOutcome reply(HttpResponse<InputStream> response, String id) throws IOException, InterruptedException {
        if (!Encodings.readable(response)) {
            return new McpOutcome.ProtocolViolation(
                    "the response is compressed, although the gateway did not ask for it");
        }
        if (isEventStream(response)) {
            return replyFromStream(Encodings.decoded(response), id);
        }
        String type = mediaType(response);
        return type.equals(MediaTypes.JSON)
                ? replyFromJson(Encodings.decoded(response), id)
                : new McpOutcome.ProtocolViolation("not an MCP response: HTTP " + response.statusCode()
                        + " with content type " + (type.isEmpty() ? "missing" : type.replaceAll("[^a-z0-9./+-]", "?")));
    }

    /** Reads a listening stream to its end. */
    ListenOutcome listen(InputStream body) throws IOException, InterruptedException {
        Optional<McpOutcome> end = events(body, Long.MAX_VALUE, event -> {
            dispatch(RpcMessage.parse(event.data().getBytes(StandardCharsets.UTF_8)));
            return Optional.empty();
        });
        return end.isPresent() && end.get() instanceof McpOutcome.Failure failure
                ? new ListenOutcome.Failed(failure)
                : new ListenOutcome.Closed();
    }

    private McpOutcome replyFromJson(InputStream body, String id) throws IOException, InterruptedException {
        byte[] json = body.readNBytes(limits.maxResponseBytes());
        if (json.length == limits.maxResponseBytes() && body.read() >= 0) {
            return tooLarge();
        }
        RpcMessage message = RpcMessage.parse(json);
        if (message instanceof RpcMessage.Refusal(String errorId, int code, String text) && errorId.equals("null")) {
            return new McpOutcome.RpcError(code, text);
        }
        return match(message, id)
                .orElseGet(() -> new McpOutcome.ProtocolViolation("the response does not belong to the request"));
    }

    private McpOutcome replyFromStream(InputStream body, String id) throws IOException, InterruptedException {
        int[] asked = {0};
        Optional<McpOutcome> outcome = events(body, limits.maxResponseBytes(), event -> {
            RpcMessage message = RpcMessage.parse(event.data().getBytes(StandardCharsets.UTF_8));
            if (message instanceof RpcMessage.ServerRequest && ++asked[0] > MAX_SERVER_REQUESTS) {
                return Optional.of(
                        new McpOutcome.ProtocolViolation("the server sends too many requests before it answers"));
            }
            dispatch(message);
            // Official clients ignore what is not a message: servers send text to keep the connection alive.
            return message instanceof RpcMessage.Malformed ? Optional.empty() : match(message, id);
        });
        return outcome.orElseGet(() -> new McpOutcome.ProtocolViolation("the event stream ended without a response"));
    }

    /** The outcome if the message settles the request; replies to somebody else and notifications do not. */
    private static Optional<McpOutcome> match(RpcMessage message, String id) {
        return switch (message) {
            case RpcMessage.Result(String replyId, var result) ->
                Optional.of(RpcMessage.sameId(replyId, id) ? new McpOutcome.Answer(result) : foreign());
            case RpcMessage.Refusal(String replyId, int code, String text) ->
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

    @FunctionalInterface
    private interface EventStep {
        Optional<McpOutcome> take(SseEvent event) throws InterruptedException;
    }

    /** Feeds events to the step until it has an outcome; empty at the end of the stream. */
    private Optional<McpOutcome> events(InputStream body, long maxBytes, EventStep step)
            throws IOException, InterruptedException {
        SseDecoder decoder = SseDecoder.withLimit(limits.maxEventBytes());
        byte[] chunk = new byte[CHUNK];
        long total = 0;
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            total += read;
            Optional<McpOutcome> outcome = first(decoder.decode(chunk, 0, read), step);
            if (outcome.isPresent()) {
                return outcome;
            }
            if (total > maxBytes || decoder.overflowed()) {
                return Optional.of(tooLarge());
            }
        }
        return first(decoder.finish().map(List::of).orElse(List.of()), step);
    }

    private static Optional<McpOutcome> first(List<SseEvent> events, EventStep step) throws InterruptedException {
        for (SseEvent event : events) {
            if (event.isMessage()) {
                Optional<McpOutcome> outcome = step.take(event);
                if (outcome.isPresent()) {
                    return outcome;
                }
            }
        }
        return Optional.empty();
    }

    private McpOutcome tooLarge() {
        return new McpOutcome.ProtocolViolation("the response is larger than the limit of " + limits.maxResponseBytes()
                + " bytes (one event: " + limits.maxEventBytes() + ")");
    }

    private static McpOutcome foreign() {
        return new McpOutcome.ProtocolViolation("the response has the ID of another request");
    }

    private static String mediaType(HttpResponse<?> response) {
        String type =
                response.headers().firstValue(StandardHeaders.CONTENT_TYPE).orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
