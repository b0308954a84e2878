package io.mcpgateway.broker.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HeadersResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ImmediateResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest.RequestCase;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.TrailersResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.extproc.StreamState.Owed;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RouteDecision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts decisions into Envoy's words; the only place that builds a {@link ProcessingResponse}. */
final class DecisionEncoder {
    private static final String CONTENT_LENGTH = "content-length";

    private DecisionEncoder() {}

    /**
     * A decision as answers to the messages that it is owed to, in the order in which they came.
     *
     * @param answerHeaders of the answer to the client, unless the broker gives it, which knows them itself
     */
    static List<ProcessingResponse> encode(
            RouteDecision.Complete decision, Owed owed, Map<String, String> answerHeaders) {
        return switch (decision) {
            case RouteDecision.Reject(Refusal answer) -> List.of(instead(answer, answerHeaders));
            case RouteDecision.ToBroker(HeaderEdits edits) -> pass(edits, Optional.empty(), Optional.empty(), owed);
            case RouteDecision.Bridge(var _, HeaderEdits edits) ->
                pass(edits, Optional.empty(), Optional.empty(), owed);
            case RouteDecision.InitializeServer(var _, HeaderEdits edits, CallAuthorization authorization) ->
                pass(edits, Optional.empty(), CallMetadataCodec.with(authorization, Optional.empty()), owed);
            case RouteDecision.Forward(
                    ServerRoute server,
                    HeaderEdits edits,
                    Optional<RawJson> body,
                    CallMetadata call) ->
                pass(
                        edits,
                        body,
                        CallMetadataCodec.with(
                                server.authorization(),
                                Optional.of(CallMetadataCodec.write(call, server.callTimeout(), answerHeaders))),
                        owed);
        };
    }

    /** What the client gets in place of a server's answer. */
    static ProcessingResponse instead(Refusal answer, Map<String, String> answerHeaders) {
        return immediate(
                answer.status(),
                withType(answer.contentType(), answerHeaders),
                answer.body(),
                Reasons.ofStatus(answer.status()));
    }

    /** What the adapter itself refuses: one JSON-RPC error that ends the stream. */
    static ProcessingResponse refusal(
            int status, String reason, JsonRpcId id, String message, Map<String, String> answerHeaders) {
        int code = status < 500 ? JsonRpcCodes.INVALID_REQUEST : JsonRpcCodes.INTERNAL_ERROR;
        RawJson body = JsonRpcText.error(id, new JsonRpcError(code, message));
        return immediate(status, withType(MediaTypes.JSON, answerHeaders), body, reason);
    }

    /** The answer to headers whose body is still to come: these changes already count for every later filter. */
    static ProcessingResponse headersBeforeBody(HeaderEdits edits) {
        return ProcessingResponse.newBuilder()
                .setRequestHeaders(HeadersResponse.newBuilder().setResponse(changes(edits)))
                .build();
    }

    /** Response headers with the client's own session id, if it has one, instead of the server's. */
    static ProcessingResponse responseHeaders(CallMetadata call, Map<String, String> answerHeaders) {
        HeaderMutation.Builder mutation = HeaderMutation.newBuilder();
        switch (call) {
            case CallMetadata.InSession inSession ->
                mutation.addSetHeaders(set(McpHeaders.SESSION_ID, inSession.clientToken()));
            case CallMetadata.Sessionless _ -> mutation.addRemoveHeaders(McpHeaders.SESSION_ID);
        }
        answerHeaders.forEach((name, value) -> mutation.addSetHeaders(set(name, value)));
        return ProcessingResponse.newBuilder()
                .setResponseHeaders(HeadersResponse.newBuilder()
                        .setResponse(CommonResponse.newBuilder().setHeaderMutation(mutation)))
                .build();
    }

    /**
     * Response headers whose body will have another length than the server said.
     *
     * @param json whether it will be JSON instead of an event stream
     */
    static ProcessingResponse headersOfRewrittenBody(boolean json) {
        HeaderMutation.Builder mutation = HeaderMutation.newBuilder().addRemoveHeaders(CONTENT_LENGTH);
        if (json) {
            mutation.addSetHeaders(set(StandardHeaders.CONTENT_TYPE, MediaTypes.JSON));
        }
        return ProcessingResponse.newBuilder()
                .setResponseHeaders(HeadersResponse.newBuilder()
                        .setResponse(CommonResponse.newBuilder().setHeaderMutation(mutation)))
                .build();
    }

    /** A piece of a response body with other bytes in its place, perhaps none. */
    static ProcessingResponse responsePiece(byte[] bytes) {
        BodyMutation.Builder mutation = bytes.length == 0
                ? BodyMutation.newBuilder().setClearBody(true)
                : BodyMutation.newBuilder().setBody(ByteString.copyFrom(bytes));
        return ProcessingResponse.newBuilder()
                .setResponseBody(BodyResponse.newBuilder()
                        .setResponse(CommonResponse.newBuilder().setBodyMutation(mutation)))
                .build();
    }

    /** A body message after the decision: nobody has checked it, so nobody gets it. */
    static ProcessingResponse discardBody() {
        return body(CommonResponse.newBuilder()
                .setBodyMutation(BodyMutation.newBuilder().setClearBody(true)));
    }

    /** The empty reply to a message of this kind: it passes unchanged. */
    static ProcessingResponse unchanged(RequestCase kind) {
        ProcessingResponse.Builder response = ProcessingResponse.newBuilder();
        switch (kind) {
            case REQUEST_HEADERS -> response.setRequestHeaders(HeadersResponse.getDefaultInstance());
            case RESPONSE_HEADERS -> response.setResponseHeaders(HeadersResponse.getDefaultInstance());
            case REQUEST_BODY -> response.setRequestBody(BodyResponse.getDefaultInstance());
            case RESPONSE_BODY -> response.setResponseBody(BodyResponse.getDefaultInstance());
            case REQUEST_TRAILERS -> response.setRequestTrailers(TrailersResponse.getDefaultInstance());
            case RESPONSE_TRAILERS -> response.setResponseTrailers(TrailersResponse.getDefaultInstance());
            case REQUEST_NOT_SET -> throw new IllegalArgumentException("a message of no kind has no answer");
        }
        return response.build();
    }

    private static List<ProcessingResponse> pass(
            HeaderEdits edits, Optional<RawJson> body, Optional<Struct> note, Owed owed) {
        return switch (owed) {
            case Owed.HeadersOnly() -> List.of(headers(edits, note));
            case Owed.HeadersAndBody(int chunks) -> {
                List<ProcessingResponse> replies = new ArrayList<>(chunks + 1);
                replies.add(headers(edits, note));
                for (int chunk = 0; chunk < chunks; chunk++) {
                    replies.add(chunk(body, chunk == 0));
                }
                yield replies;
            }
            case Owed.BufferedBody() -> List.of(bufferedBody(edits, body, note));
        };
    }

    private static ProcessingResponse headers(HeaderEdits edits, Optional<Struct> note) {
        ProcessingResponse.Builder response = ProcessingResponse.newBuilder()
                .setRequestHeaders(HeadersResponse.newBuilder().setResponse(changes(edits)));
        note.ifPresent(response::setDynamicMetadata);
        return response.build();
    }

    /** A new body takes the place of the first piece, and the others vanish. */
    private static ProcessingResponse chunk(Optional<RawJson> body, boolean first) {
        if (body.isEmpty()) {
            return unchanged(RequestCase.REQUEST_BODY);
        }
        return first ? body(CommonResponse.newBuilder().setBodyMutation(replaced(body.get()))) : discardBody();
    }

    private static ProcessingResponse bufferedBody(HeaderEdits edits, Optional<RawJson> body, Optional<Struct> note) {
        CommonResponse.Builder changes = changes(edits);
        if (body.isPresent()) {
            changes.setBodyMutation(replaced(body.get()));
            // Envoy keeps the length of the old body otherwise, and refuses the mismatch.
            changes.getHeaderMutationBuilder()
                    .addSetHeaders(
                            set(CONTENT_LENGTH, Integer.toString(body.get().length())));
        }
        ProcessingResponse.Builder response = body(changes).toBuilder();
        note.ifPresent(response::setDynamicMetadata);
        return response.build();
    }

    private static BodyMutation replaced(RawJson body) {
        return BodyMutation.newBuilder()
                .setBody(ByteString.copyFrom(body.bytes()))
                .build();
    }

    private static ProcessingResponse body(CommonResponse.Builder changes) {
        return ProcessingResponse.newBuilder()
                .setRequestBody(BodyResponse.newBuilder().setResponse(changes))
                .build();
    }

    private static CommonResponse.Builder changes(HeaderEdits edits) {
        HeaderMutation.Builder mutation = HeaderMutation.newBuilder();
        // Envoy refuses to remove pseudo headers and the host; its own removals come before its additions.
        edits.remove().stream()
                .filter(name -> !name.startsWith(":") && !name.equals(StandardHeaders.HOST))
                .forEach(mutation::addRemoveHeaders);
        for (Map.Entry<String, String> header : edits.set().entrySet()) {
            // The length follows from the body; Envoy computes it where it may be given.
            if (!header.getKey().equals(CONTENT_LENGTH)) {
                mutation.addSetHeaders(set(header.getKey(), header.getValue()));
            }
        }
        return CommonResponse.newBuilder().setHeaderMutation(mutation).setClearRouteCache(true);
    }

    private static Map<String, String> withType(String contentType, Map<String, String> answerHeaders) {
        Map<String, String> headers = new LinkedHashMap<>(answerHeaders);
        headers.put(StandardHeaders.CONTENT_TYPE, contentType);
        return headers;
    }

    private static ProcessingResponse immediate(int status, Map<String, String> headers, RawJson body, String reason) {
        HeaderMutation.Builder mutation = HeaderMutation.newBuilder();
        headers.forEach((name, value) -> mutation.addSetHeaders(set(name, value)));
        return ProcessingResponse.newBuilder()
                .setImmediateResponse(ImmediateResponse.newBuilder()
                        .setStatus(HttpStatus.newBuilder().setCodeValue(status))
                        .setHeaders(mutation)
                        .setBody(ByteString.copyFrom(body.bytes()))
                        .setDetails("mcp_gateway_" + reason))
                .build();
    }

    /** @throws IllegalArgumentException if the value could end its line: it must not reach a server */
    private static HeaderValueOption set(String name, String value) {
        // A loop, because this runs for every header of every call.
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if ((character < ' ' && character != '\t') || character == 0x7f) {
                throw new IllegalArgumentException("control character in the value of header " + name);
            }
        }
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setRawValue(ByteString.copyFromUtf8(value)))
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                .build();
    }
}
