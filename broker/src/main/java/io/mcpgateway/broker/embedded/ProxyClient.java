package io.mcpgateway.broker.embedded;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.answer.AnswerStreams;
import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.http.HopByHop;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.ReadableId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.sse.StreamEdit;
import io.mcpgateway.broker.transport.IncomingResponse;
import io.mcpgateway.broker.transport.OutgoingCall;
import io.mcpgateway.broker.transport.ServerTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a request to its target and the target's response to the client, piece by piece as it arrives. Connections are
 * kept and reused; redirects are not followed.
 *
 * <p>A disconnected client is noticed within two seconds; then the target's exchange is cancelled. A target that sends
 * nothing is limited by the two timeouts, a call to a server with its own limit only by that.
 */
final class ProxyClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProxyClient.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int PIECE_BYTES = 16 * 1024;

    /** Written first, so a client sees the headers of a stream before its first event. */
    private static final byte[] EMPTY_COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** Responses that never have a body (RFC 9110 section 6.4.1). */
    private static final Set<Integer> BODILESS = Set.of(204, 205, 304);

    private final ServerTransport http;
    private final Duration responseTimeout;
    private final IdleWatch idle;
    private final ClientWatch clients = new ClientWatch(PATIENCE);
    private final RequestDispatcher dispatcher;
    private final AddressRule addresses;

    ProxyClient(EmbeddedSettings settings, RequestDispatcher dispatcher) {
        this.http = new ServerTransport(settings.connectTimeout(), settings.maxRequests());
        this.responseTimeout = settings.responseTimeout();
        this.idle = new IdleWatch(settings.idleTimeout());
        this.dispatcher = dispatcher;
        this.addresses = settings.addresses();
    }

    /** The result. */
    enum Outcome {
        /** The client has its answer. */
        ANSWERED,
        /** It has none yet: the server did not run the call, so it may be decided and sent again. */
        NOT_EXECUTED
    }

    /**
     * Sends the request, and the answer to the client.
     *
     * @param mayRepeat whether the caller will send a call again that was not executed
     */
    Outcome exchange(ProxyTarget target, HttpExchange exchange, boolean mayRepeat)
            throws IOException, InterruptedException {
        try (ClientWatch.Watched _ = clients.watch(exchange)) {
            return carry(target, exchange, mayRepeat);
        }
    }

    private Outcome carry(ProxyTarget target, HttpExchange exchange, boolean mayRepeat)
            throws IOException, InterruptedException {
        Optional<String> refusal = addresses.refusal(target.uri());
        if (refusal.isPresent()) {
            exchange.answer(unavailable(target, 502, "could not be reached", refusal.get()));
            return Outcome.ANSWERED;
        }
        if (!target.isSendable()) {
            exchange.answer(HttpAnswer.error(
                    400,
                    target.body().map(ReadableId::of).orElse(JsonRpcId.NONE),
                    new JsonRpcError(
                            JsonRpcCodes.INVALID_REQUEST,
                            "a header of the request has a character that HTTP does not allow; use visible ASCII")));
            return Outcome.ANSWERED;
        }
        long start = System.nanoTime();
        OutgoingCall sent = http.call(
                target.method(), target.uri(), target.headers(), target.body().map(RawJson::bytes));
        IncomingResponse response;
        IdleWatch.Watched head = idle.watchUntil(
                sent::cancel, start + target.limit().orElse(responseTimeout).toNanos());
        try (head) {
            response = sent.send();
        } catch (OutgoingCall.NotReachedInTime late) {
            exchange.answer(unavailable(target, 504, "could not be reached in time", late.toString()));
            return Outcome.ANSWERED;
        } catch (IOException failed) {
            exchange.answer(
                    head.isOver() ? late(target) : unavailable(target, 502, "could not be reached", failed.toString()));
            return Outcome.ANSWERED;
        }
        try (response) {
            if (hasTwoLengths(response)) {
                exchange.answer(
                        unavailable(target, 502, "sent a response with two different lengths", "ambiguous framing"));
                return Outcome.ANSWERED;
            }
            ResponseDecision decision =
                    target.call().map(call -> judged(target, call, response)).orElse(ResponseDecision.PASS_ON);
            switch (decision) {
                case ResponseDecision.PassOn _ -> pass(target, start, response, exchange);
                case ResponseDecision.Instead instead -> {
                    if (instead.notExecuted() && mayRepeat) {
                        return Outcome.NOT_EXECUTED;
                    }
                    exchange.answer(HttpAnswer.of(instead.answer()));
                }
            }
            return Outcome.ANSWERED;
        }
    }

    @Override
    public void close() {
        http.close();
        idle.close();
        clients.close();
    }

    private ResponseDecision judged(ProxyTarget target, CallMetadata call, IncomingResponse response) {
        ServerAnswer answer = ServerAnswer.of(response.status(), response.all(StandardHeaders.CONTENT_TYPE));
        return target.asCaller()
                ? dispatcher.serverAnswered(call, answer)
                : dispatcher.serverAnsweredNotAsCaller(call, answer);
    }

    /** The client knows its own session, if any, and no server's. */
    private static void sessionHeader(CallMetadata call, Map<String, List<String>> headers) {
        switch (call) {
            case CallMetadata.InSession inSession ->
                headers.put(McpHeaders.SESSION_ID, List.of(inSession.clientToken()));
            case CallMetadata.Sessionless _ -> headers.remove(McpHeaders.SESSION_ID);
        }
    }

    private void pass(ProxyTarget target, long start, IncomingResponse response, HttpExchange exchange)
            throws IOException {
        Map<String, List<String>> headers = HopByHop.without(response.headers());
        headers.keySet().removeAll(target.withheld());
        target.call().ifPresent(call -> sessionHeader(call, headers));
        boolean bodiless = BODILESS.contains(response.status());
        if (bodiless) {
            headers.remove(StandardHeaders.CONTENT_LENGTH);
        }
        if (bodiless || target.method().equals("HEAD")) {
            exchange.answer(new HttpAnswer(response.status(), headers, RawJson.of("")));
            return;
        }
        Optional<StreamEdit> rewriter = edit(target, headers);
        if (rewriter.isPresent()) {
            headers.remove(StandardHeaders.CONTENT_LENGTH);
        }
        if (rewriter.isPresent()
                && target.call().filter(AnswerStreams::becomesJson).isPresent()) {
            headers.put(StandardHeaders.CONTENT_TYPE, List.of(MediaTypes.JSON));
        }
        OutputStream out = exchange.stream(response.status(), headers);
        boolean openStream = isOpenStream(headers);
        if (openStream) {
            out.write(EMPTY_COMMENT);
            out.flush();
        }
        IdleWatch.Watched watched = target.limit().isPresent()
                ? idle.watchUntil(response::close, start + target.limit().get().toNanos())
                : idle.watch(response::close);
        try (watched) {
            copy(openStream ? new UnmarkedStream(response.body()) : response.body(), watched, rewriter, out);
        }
        // Not in a finally: a response that broke off must not look complete.
        out.close();
    }

    /** RFC 9112, section 6.3: the sender is broken, or somebody on the way reads it in another way than we do. */
    private static boolean hasTwoLengths(IncomingResponse response) {
        return response.headers().containsKey(StandardHeaders.TRANSFER_ENCODING)
                && response.headers().containsKey(StandardHeaders.CONTENT_LENGTH);
    }

    /** Like the filter in Envoy: only for clients that support server requests, or do not accept event streams. */
    private Optional<StreamEdit> edit(ProxyTarget target, Map<String, List<String>> responseHeaders) {
        if (target.call().isEmpty() || !target.headers().containsKey(GatewayHeaders.CLIENT_FEATURES)) {
            return Optional.empty();
        }
        RequestHeaders headers = RequestHeaders.of(responseHeaders);
        return target.call()
                .filter(call -> AnswerStreams.concerns(call, headers))
                .map(call -> AnswerStreams.edit(call, headers, dispatcher.answerEdit(call)));
    }

    private static void copy(InputStream in, IdleWatch.Watched watched, Optional<StreamEdit> rewriter, OutputStream out)
            throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        int length = in.read(piece);
        while (length >= 0) {
            if (rewriter.isPresent()) {
                out.write(rewriter.get().pass(piece, 0, length));
            } else {
                out.write(piece, 0, length);
            }
            out.flush();
            watched.sign();
            length = in.read(piece);
        }
        if (rewriter.isPresent()) {
            out.write(rewriter.get().finish());
        }
    }

    private static boolean isOpenStream(Map<String, List<String>> headers) {
        return !headers.containsKey(StandardHeaders.CONTENT_LENGTH)
                && headers.getOrDefault(StandardHeaders.CONTENT_TYPE, List.of()).stream()
                        .anyMatch(type -> type.startsWith(MediaTypes.EVENT_STREAM));
    }

    private HttpAnswer late(ProxyTarget target) {
        return target.call()
                .flatMap(call -> dispatcher.timedOut(call) instanceof ResponseDecision.Instead instead
                        ? Optional.of(HttpAnswer.of(instead.answer()))
                        : Optional.empty())
                .orElseGet(() -> unavailable(target, 504, "did not answer in time", "no response within its time"));
    }

    /** The client learns which server failed, not where it is or how. */
    private static HttpAnswer unavailable(ProxyTarget target, int status, String what, String cause) {
        log.warn("target unavailable server={} status={} cause={}", target.name(), status, cause);
        return HttpAnswer.error(
                status,
                target.body().map(ReadableId::of).orElse(JsonRpcId.NONE),
                new JsonRpcError(
                        target.call()
                                .map(call -> Refusals.unavailable(call.era()))
                                .orElse(JsonRpcCodes.SERVER_UNAVAILABLE),
                        "server " + target.name() + " " + what));
    }
}
