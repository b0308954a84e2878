package io.mcpgateway.broker.extproc;

import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest.RequestCase;
import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.extproc.StreamState.Answered;
import io.mcpgateway.broker.extproc.StreamState.AwaitingBody;
import io.mcpgateway.broker.extproc.StreamState.AwaitingHeaders;
import io.mcpgateway.broker.extproc.StreamState.Closed;
import io.mcpgateway.broker.extproc.StreamState.Deciding;
import io.mcpgateway.broker.extproc.StreamState.Owed;
import io.mcpgateway.broker.extproc.StreamState.Rewriting;
import io.mcpgateway.broker.extproc.wire.BodyProtocol;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import io.mcpgateway.broker.extproc.wire.EnvoyHeaders;
import io.mcpgateway.broker.extproc.wire.EnvoyMessage;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.ReadableId;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gRPC stream: whatever comes, in whatever order, every message is answered exactly once, by its own reply or by
 * the one immediate response that ends the stream.
 *
 * <p>Messages arrive on the event loop, the end of a decision that had to wait on a virtual thread; the lock makes
 * them take turns and is never held while anything blocks.
 */
final class ExtProcStream {
    private static final Logger log = LoggerFactory.getLogger(ExtProcStream.class);
    /** Envoy has nothing to send while a decision is awaited; more than a few messages are not Envoy's. */
    private static final int MAX_WAITING = 16;

    private final RequestDispatcher dispatcher;
    private final PendingCalls pendingCalls;
    private final int maxBodyBytes;
    private final Replies peer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<EnvoyMessage> waiting = new ArrayDeque<>();
    private StreamState state = new AwaitingHeaders();
    private Map<String, String> answerHeaders = Map.of();
    private boolean peerHasFinished;
    /** The request's body while it is being decided on: a refusal repeats its id. */
    private Optional<RawJson> message = Optional.empty();

    ExtProcStream(RequestDispatcher dispatcher, PendingCalls pendingCalls, int maxBodyBytes, Replies peer) {
        this.dispatcher = dispatcher;
        this.pendingCalls = pendingCalls;
        this.maxBodyBytes = maxBodyBytes;
        this.peer = peer;
    }

    void receive(EnvoyMessage message) {
        guarded(() -> take(message));
    }

    /** The other end has disconnected; there is nobody to answer. */
    void cancel() {
        guarded(this::abandon);
    }

    /** The other end sends nothing any more. */
    void finish() {
        guarded(() -> {
            peerHasFinished = true;
            finishWithPeer();
        });
    }

    private void guarded(Runnable step) {
        lock.lock();
        try {
            step.run();
        } catch (RuntimeException bug) {
            fail(bug);
        } finally {
            peer.handOver();
            lock.unlock();
        }
    }

    private void take(EnvoyMessage message) {
        switch (state) {
            case Closed() -> {}
            case Deciding _ -> postpone(message);
            case AwaitingHeaders _, AwaitingBody _, Answered _, Rewriting _ -> answer(message);
        }
    }

    private void answer(EnvoyMessage message) {
        switch (message) {
            case EnvoyMessage.RequestHead head -> onRequestHeaders(head);
            case EnvoyMessage.RequestBody body -> onRequestBody(body);
            case EnvoyMessage.RequestTrailers _ -> onRequestTrailers();
            case EnvoyMessage.ResponseHead head -> onResponseHeaders(head);
            case EnvoyMessage.ResponseBody body -> peer.next(AnswerRewriting.of(state, body));
            case EnvoyMessage.ResponseTrailers _ -> peer.next(DecisionEncoder.unchanged(RequestCase.RESPONSE_TRAILERS));
            case EnvoyMessage.Unknown _ -> refuse(500, Reasons.MESSAGE_ORDER, "unknown kind of ext_proc message");
        }
    }

    private void onRequestHeaders(EnvoyMessage.RequestHead message) {
        if (!(state instanceof AwaitingHeaders)) {
            refuse(500, Reasons.MESSAGE_ORDER, "request headers came twice in one ext_proc stream");
            return;
        }
        Optional<RequestHead> head = message.headers().requestHead();
        if (head.isEmpty()) {
            refuse(400, Reasons.BAD_HEAD, "the request has no method or no path");
            return;
        }
        answerHeaders = dispatcher.answerHeaders(head.get());
        switch (message.protocol()) {
            case BodyProtocol.Unsupported unsupported -> {
                log.error("unsupported ext_proc configuration: request_body_mode={}", unsupported.mode());
                refuse(500, Reasons.PROCESSING_MODE, unsupported.problem());
            }
            case BodyProtocol _
            when message.endOfStream() -> conclude(dispatcher.beginWithoutBody(head.get()), new Owed.HeadersOnly());
            case BodyProtocol.BodyComesUnasked protocol -> state = AwaitingBody.of(head.get(), maxBodyBytes, protocol);
            case BodyProtocol.BodyAfterHeadersReply protocol -> {
                peer.next(DecisionEncoder.headersBeforeBody(dispatcher.beforeBody(head.get())));
                state = AwaitingBody.of(head.get(), maxBodyBytes, protocol);
            }
        }
    }

    private void onRequestBody(EnvoyMessage.RequestBody message) {
        switch (state) {
            case AwaitingBody(RequestHead head, ReceivedBody before, BodyProtocol protocol) -> {
                ReceivedBody body = before.plus(message.bytes());
                boolean buffered = protocol instanceof BodyProtocol.BodyAfterHeadersReply;
                if (!body.withinBounds()) {
                    refuse(413, Reasons.BODY_TOO_LARGE, "the request body is larger than " + maxBodyBytes + " bytes");
                } else if (buffered) {
                    decide(head, body.json(), new Owed.BufferedBody());
                } else if (message.endOfStream()) {
                    decide(head, body.json(), new Owed.HeadersAndBody(body.chunks()));
                } else if (body.hasDeclaredLength()) {
                    refuseTrailers();
                } else {
                    state = new AwaitingBody(head, body, protocol);
                }
            }
            case Answered _, Rewriting _ -> peer.next(DecisionEncoder.discardBody());
            case AwaitingHeaders _, Deciding _, Closed _ ->
                refuse(500, Reasons.MESSAGE_ORDER, "a request body came before its headers");
        }
    }

    private void onRequestTrailers() {
        switch (state) {
            case AwaitingBody(var _, var _, BodyProtocol.BodyComesUnasked _) -> refuseTrailers();
            case AwaitingBody _ -> refuse(400, Reasons.BODY_CUT, "the request ended without its body");
            case Answered _, Rewriting _ -> peer.next(DecisionEncoder.unchanged(RequestCase.REQUEST_TRAILERS));
            case AwaitingHeaders _, Deciding _, Closed _ ->
                refuse(500, Reasons.MESSAGE_ORDER, "request trailers came before the headers");
        }
    }

    /**
     * Behind a processor Envoy's buffer filter counts the body of such a request twice and sends that content-length
     * (seen with 1.40.0): the server would read the next request as part of this one.
     */
    private void refuseTrailers() {
        refuse(400, Reasons.TRAILERS, "a request with trailers is not accepted");
    }

    private void onResponseHeaders(EnvoyMessage.ResponseHead message) {
        Optional<CallMetadata> ours = state instanceof Answered(var call) ? call : Optional.empty();
        Metadata metadata = message.message().getMetadataContext();
        Optional<CallMetadata> call = ours.or(() -> CallMetadataCodec.read(metadata));
        EnvoyHeaders headers = message.headers();
        if (call.isPresent()
                && AnswerDetails.judge(dispatcher, call.get(), message.message(), headers)
                        instanceof ResponseDecision.Instead instead) {
            close(DecisionEncoder.instead(
                    instead.answer(), ours.isPresent() ? answerHeaders : CallMetadataCodec.answerHeaders(metadata)));
            return;
        }
        if (call.isPresent() && AnswerRewriting.concerns(call.get(), message, headers.headers())) {
            state = AnswerRewriting.begin(call.get(), headers.headers(), dispatcher.answerEdit(call.get()));
            peer.next(AnswerRewriting.headersReply(call.get()));
            return;
        }
        peer.next(ours.map(known -> DecisionEncoder.responseHeaders(known, answerHeaders))
                .orElseGet(() -> DecisionEncoder.unchanged(RequestCase.RESPONSE_HEADERS)));
        if (state instanceof AwaitingHeaders) {
            state = new Answered(Optional.empty());
        }
    }

    private void decide(RequestHead head, RawJson body, Owed owed) {
        message = Optional.of(body);
        switch (dispatcher.begin(head, body)) {
            case RouteDecision.Complete complete -> conclude(complete, owed);
            case RouteDecision.Pending pending -> {
                state = new Deciding(owed);
                if (!pendingCalls.tryRun(() -> finish(pending))) {
                    dispatcher.abandoned(pending, 503);
                    refuse(503, Reasons.TOO_MANY_PENDING, PendingCalls.TOO_MANY);
                }
            }
        }
    }

    /** On a virtual thread, without the lock until the outcome is there. */
    private void finish(RouteDecision.Pending pending) {
        try {
            RouteDecision.Complete complete = dispatcher.finish(pending);
            guarded(() -> resume(complete));
        } catch (RuntimeException bug) {
            guarded(() -> fail(bug));
        }
    }

    private void resume(RouteDecision.Complete complete) {
        if (state instanceof Deciding(Owed owed)) {
            conclude(complete, owed);
            while (!waiting.isEmpty()) {
                take(waiting.remove());
            }
            finishWithPeer();
        }
    }

    private void postpone(EnvoyMessage message) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(message);
        } else {
            refuse(500, Reasons.MESSAGE_ORDER, "too many ext_proc messages during one decision");
        }
    }

    private void conclude(RouteDecision.Complete decision, Owed owed) {
        List<EncodedReply> replies = DecisionEncoder.encode(decision, owed, answerHeaders);
        switch (decision) {
            case RouteDecision.Reject _ -> close(replies.getFirst());
            case RouteDecision.Forward forward -> proceed(replies, Optional.of(forward.metadata()));
            case RouteDecision.Complete _ -> proceed(replies, Optional.empty());
        }
    }

    private void proceed(List<EncodedReply> replies, Optional<CallMetadata> call) {
        message = Optional.empty();
        state = new Answered(call);
        replies.forEach(peer::next);
    }

    private void finishWithPeer() {
        if (!peerHasFinished) {
            return;
        }
        switch (state) {
            case AwaitingBody(var _, var _, BodyProtocol.BodyComesUnasked _) ->
                refuse(400, Reasons.BODY_CUT, "the request ended before its body");
            case AwaitingHeaders _, AwaitingBody _, Answered _, Rewriting _ -> {
                state = new Closed();
                peer.complete();
            }
            case Deciding _, Closed _ -> {}
        }
    }

    private void fail(RuntimeException bug) {
        if (!(state instanceof Closed)) {
            log.error("request failed in the router: state={}", state.getClass().getSimpleName(), bug);
            refuse(500, Reasons.INTERNAL_ERROR, "internal error");
        }
    }

    private void refuse(int status, String reason, String cause) {
        peer.failed(reason);
        JsonRpcId id = message.map(ReadableId::of).orElse(JsonRpcId.NONE);
        close(DecisionEncoder.refusal(status, reason, id, cause, answerHeaders));
    }

    private void close(EncodedReply last) {
        abandon();
        peer.next(last);
        peer.complete();
    }

    private void abandon() {
        message = Optional.empty();
        state = new Closed();
        waiting.clear();
    }
}
