package io.mcpgateway.broker.extproc;

import io.envoyproxy.envoy.service.ext_proc.v3.BodyMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.HeadersResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ImmediateResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest.RequestCase;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.extproc.StreamState.Owed;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import io.mcpgateway.broker.extproc.wire.ReplyWriter;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RouteDecision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Puts decisions into Envoy's words; the only place that writes a {@link ProcessingResponse}. It is written field by
 * field, because an object for each header of each call is a third of a call's garbage (docs/adr/063).
 */
final class DecisionEncoder {
    /** Room for what every message has beside its texts. */
    private static final int FRAME = 192;
    /** Every kind of message has a field of its own in the reply, with the same meaning. */
    private static final Map<RequestCase, Integer> REPLY_TO = new EnumMap<>(Map.of(
            RequestCase.REQUEST_HEADERS, ProcessingResponse.REQUEST_HEADERS_FIELD_NUMBER,
            RequestCase.RESPONSE_HEADERS, ProcessingResponse.RESPONSE_HEADERS_FIELD_NUMBER,
            RequestCase.REQUEST_BODY, ProcessingResponse.REQUEST_BODY_FIELD_NUMBER,
            RequestCase.RESPONSE_BODY, ProcessingResponse.RESPONSE_BODY_FIELD_NUMBER,
            RequestCase.REQUEST_TRAILERS, ProcessingResponse.REQUEST_TRAILERS_FIELD_NUMBER,
            RequestCase.RESPONSE_TRAILERS, ProcessingResponse.RESPONSE_TRAILERS_FIELD_NUMBER));

    private static final Map<RequestCase, EncodedReply> UNCHANGED = unchanged();

    private DecisionEncoder() {}

    /**
     * A decision as answers to the messages that it is owed to, in the order in which they came.
     *
     * @param answerHeaders of the answer to the client, unless the broker gives it, which knows them itself
     */
    static List<EncodedReply> encode(RouteDecision.Complete decision, Owed owed, Map<String, String> answerHeaders) {
        return switch (decision) {
            case RouteDecision.Reject(Refusal answer) -> List.of(instead(answer, answerHeaders));
            case RouteDecision.ToBroker(HeaderEdits edits) -> pass(edits, Optional.empty(), MetadataNote.NONE, owed);
            case RouteDecision.Bridge(var _, HeaderEdits edits) ->
                pass(edits, Optional.empty(), MetadataNote.NONE, owed);
            case RouteDecision.InitializeServer(var _, HeaderEdits edits, CallAuthorization authorization) ->
                pass(edits, Optional.empty(), MetadataNote.of(authorization), owed);
            case RouteDecision.Forward forward ->
                pass(forward.edits(), forward.body(), MetadataNote.of(forward, answerHeaders), owed);
        };
    }

    /** What the client gets in place of a server's answer. */
    static EncodedReply instead(Refusal answer, Map<String, String> answerHeaders) {
        return immediate(
                answer.status(),
                withType(answer.contentType(), answerHeaders),
                answer.body(),
                Reasons.ofStatus(answer.status()));
    }

    /** What the adapter itself refuses: one JSON-RPC error that ends the stream. */
    static EncodedReply refusal(
            int status, String reason, JsonRpcId id, String message, Map<String, String> answerHeaders) {
        int code = status < 500 ? JsonRpcCodes.INVALID_REQUEST : JsonRpcCodes.INTERNAL_ERROR;
        RawJson body = JsonRpcText.error(id, new JsonRpcError(code, message));
        return immediate(status, withType(MediaTypes.JSON, answerHeaders), body, reason);
    }

    /** The answer to headers whose body is still to come: these changes already count for every later filter. */
    static EncodedReply headersBeforeBody(HeaderEdits edits) {
        return headers(edits, MetadataNote.NONE);
    }

    /** Response headers with the client's own session id, if it has one, instead of the server's. */
    static EncodedReply responseHeaders(CallMetadata call, Map<String, String> answerHeaders) {
        ReplyWriter reply = new ReplyWriter(2 * FRAME + HeaderChanges.size(answerHeaders));
        beginMutation(RequestCase.RESPONSE_HEADERS, reply);
        switch (call) {
            case CallMetadata.InSession inSession ->
                HeaderChanges.set(McpHeaders.SESSION_ID, inSession.clientToken(), reply);
            case CallMetadata.Sessionless _ -> HeaderChanges.remove(McpHeaders.SESSION_ID, reply);
        }
        answerHeaders.forEach((name, value) -> HeaderChanges.set(name, value, reply));
        return reply.end().end().end().done();
    }

    /**
     * Response headers whose body will have another length than the server said.
     *
     * @param json whether it will be JSON instead of an event stream
     */
    static EncodedReply headersOfRewrittenBody(boolean json) {
        ReplyWriter reply = new ReplyWriter(FRAME);
        beginMutation(RequestCase.RESPONSE_HEADERS, reply);
        if (json) {
            HeaderChanges.set(StandardHeaders.CONTENT_TYPE, MediaTypes.JSON, reply);
        }
        HeaderChanges.remove(StandardHeaders.CONTENT_LENGTH, reply);
        return reply.end().end().end().done();
    }

    private static void beginMutation(RequestCase kind, ReplyWriter reply) {
        reply.begin(field(kind))
                .begin(HeadersResponse.RESPONSE_FIELD_NUMBER)
                .begin(CommonResponse.HEADER_MUTATION_FIELD_NUMBER);
    }

    /** A piece of a response body with other bytes in its place, perhaps none. */
    static EncodedReply responsePiece(byte[] bytes) {
        return bytes.length == 0 ? cleared(RequestCase.RESPONSE_BODY) : replaced(RequestCase.RESPONSE_BODY, bytes);
    }

    /** A body message after the decision: nobody has checked it, so nobody gets it. */
    static EncodedReply discardBody() {
        return cleared(RequestCase.REQUEST_BODY);
    }

    /** The empty reply to a message of this kind: it passes unchanged. */
    static EncodedReply unchanged(RequestCase kind) {
        EncodedReply reply = UNCHANGED.get(kind);
        if (reply == null) {
            throw new IllegalArgumentException("a message of no kind has no answer");
        }
        return reply;
    }

    private static Map<RequestCase, EncodedReply> unchanged() {
        Map<RequestCase, EncodedReply> replies = new EnumMap<>(RequestCase.class);
        REPLY_TO.forEach((kind, field) ->
                replies.put(kind, new ReplyWriter(8).begin(field).end().done()));
        return replies;
    }

    private static int field(RequestCase kind) {
        return Objects.requireNonNull(REPLY_TO.get(kind));
    }

    private static List<EncodedReply> pass(HeaderEdits edits, Optional<RawJson> body, MetadataNote note, Owed owed) {
        return switch (owed) {
            case Owed.HeadersOnly() -> List.of(headers(edits, note));
            case Owed.HeadersAndBody(int chunks) when chunks == 1 -> List.of(headers(edits, note), chunk(body, true));
            case Owed.HeadersAndBody(int chunks) -> {
                List<EncodedReply> replies = new ArrayList<>(chunks + 1);
                replies.add(headers(edits, note));
                for (int chunk = 0; chunk < chunks; chunk++) {
                    replies.add(chunk(body, chunk == 0));
                }
                yield replies;
            }
            case Owed.BufferedBody() -> List.of(bufferedBody(edits, body, note));
        };
    }

    private static EncodedReply headers(HeaderEdits edits, MetadataNote note) {
        ReplyWriter reply = writer(edits, note, 0);
        reply.begin(field(RequestCase.REQUEST_HEADERS)).begin(HeadersResponse.RESPONSE_FIELD_NUMBER);
        changes(edits, Optional.empty(), reply);
        reply.end().end();
        note.writer().accept(reply);
        return reply.done();
    }

    /** If what is expected is too little, the reply grows. */
    private static ReplyWriter writer(HeaderEdits edits, MetadataNote note, int bodyLength) {
        return new ReplyWriter(FRAME + HeaderChanges.size(edits) + note.size() + bodyLength);
    }

    /** A new body takes the place of the first piece, and the others vanish. */
    private static EncodedReply chunk(Optional<RawJson> body, boolean first) {
        if (body.isEmpty()) {
            return unchanged(RequestCase.REQUEST_BODY);
        }
        return first ? body.get().read(bytes -> replaced(RequestCase.REQUEST_BODY, bytes)) : discardBody();
    }

    private static EncodedReply bufferedBody(HeaderEdits edits, Optional<RawJson> body, MetadataNote note) {
        ReplyWriter reply = writer(edits, note, body.map(RawJson::length).orElse(0));
        reply.begin(field(RequestCase.REQUEST_BODY)).begin(BodyResponse.RESPONSE_FIELD_NUMBER);
        changes(edits, body, reply);
        reply.end().end();
        note.writer().accept(reply);
        return reply.done();
    }

    private static EncodedReply replaced(RequestCase kind, byte[] body) {
        ReplyWriter reply = new ReplyWriter(FRAME + body.length);
        reply.begin(field(kind), body.length).begin(BodyResponse.RESPONSE_FIELD_NUMBER, body.length);
        newBody(body, reply);
        return reply.end().end().done();
    }

    private static void newBody(byte[] body, ReplyWriter reply) {
        reply.begin(CommonResponse.BODY_MUTATION_FIELD_NUMBER, body.length)
                .raw(BodyMutation.BODY_FIELD_NUMBER, body)
                .end();
    }

    private static EncodedReply cleared(RequestCase kind) {
        return new ReplyWriter(FRAME)
                .begin(field(kind))
                .begin(BodyResponse.RESPONSE_FIELD_NUMBER)
                .begin(CommonResponse.BODY_MUTATION_FIELD_NUMBER)
                .isTrue(BodyMutation.CLEAR_BODY_FIELD_NUMBER)
                .end()
                .end()
                .end()
                .done();
    }

    /** @param body the new one, if the reply is to a whole body and there is one */
    private static void changes(HeaderEdits edits, Optional<RawJson> body, ReplyWriter reply) {
        reply.begin(CommonResponse.HEADER_MUTATION_FIELD_NUMBER);
        HeaderChanges.write(edits, reply);
        // Envoy keeps the length of the old body otherwise, and refuses the mismatch.
        body.ifPresent(changed ->
                HeaderChanges.set(StandardHeaders.CONTENT_LENGTH, Integer.toString(changed.length()), reply));
        reply.end();
        body.ifPresent(changed -> changed.lendTo(bytes -> newBody(bytes, reply)));
        reply.isTrue(CommonResponse.CLEAR_ROUTE_CACHE_FIELD_NUMBER);
    }

    private static Map<String, String> withType(String contentType, Map<String, String> answerHeaders) {
        Map<String, String> headers = new LinkedHashMap<>(answerHeaders);
        headers.put(StandardHeaders.CONTENT_TYPE, contentType);
        return headers;
    }

    private static EncodedReply immediate(int status, Map<String, String> headers, RawJson body, String reason) {
        ReplyWriter reply = new ReplyWriter(FRAME + HeaderChanges.size(headers) + body.length());
        reply.begin(ProcessingResponse.IMMEDIATE_RESPONSE_FIELD_NUMBER, body.length())
                .begin(ImmediateResponse.STATUS_FIELD_NUMBER)
                .number(HttpStatus.CODE_FIELD_NUMBER, status)
                .end()
                .begin(ImmediateResponse.HEADERS_FIELD_NUMBER);
        headers.forEach((name, value) -> HeaderChanges.set(name, value, reply));
        reply.end();
        body.lendTo(bytes -> reply.raw(ImmediateResponse.BODY_FIELD_NUMBER, bytes));
        return reply.text(ImmediateResponse.DETAILS_FIELD_NUMBER, "mcp_gateway_" + reason)
                .end()
                .done();
    }
}
