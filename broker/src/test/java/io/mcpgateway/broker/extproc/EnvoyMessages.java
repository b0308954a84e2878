package io.mcpgateway.broker.extproc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.BodySendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpTrailers;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProtocolConfiguration;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import io.mcpgateway.broker.extproc.wire.ProcessMethod;
import io.mcpgateway.broker.extproc.wire.ReplyWriter;
import io.mcpgateway.broker.router.CallMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What Envoy would send, and short names for what it gets back. */
final class EnvoyMessages {
    static final int MAX_BODY = 64;

    private EnvoyMessages() {}

    /**
     * A message by its short name: {@code h} headers (streamed body follows unasked), {@code h8} those of a body of 8 bytes, {@code H} headers without body,
     * {@code hb}/{@code Hb} the same of a BUFFERED filter, {@code h-none}.. other modes, {@code h0} without anything in
     * it, {@code b} body, {@code B} last body, {@code BB} a last body that is too large, {@code t} trailers; {@code rh},
     * {@code rb}, {@code rt} of the response; {@code ?} a message of unknown kind.
     */
    static ProcessingRequest message(String name) {
        return switch (name) {
            case "h" -> requestHeaders(streamed(), false);
            case "h8" -> declaring(8);
            case "H" -> requestHeaders(streamed(), true);
            case "hb" -> requestHeaders(mode(BodySendMode.BUFFERED, false), false);
            case "Hb" -> requestHeaders(mode(BodySendMode.BUFFERED, false), true);
            case "h-old" ->
                requestHeaders(ProtocolConfiguration.getDefaultInstance(), false).toBuilder()
                        .clearProtocolConfig()
                        .build();
            case "h-none" -> requestHeaders(mode(BodySendMode.NONE, false), false);
            case "h-partial" -> requestHeaders(mode(BodySendMode.BUFFERED_PARTIAL, false), false);
            case "h-fds" -> requestHeaders(mode(BodySendMode.FULL_DUPLEX_STREAMED, false), false);
            case "h-wait" -> requestHeaders(mode(BodySendMode.STREAMED, false), false);
            case "h-new" ->
                requestHeaders(
                        ProtocolConfiguration.newBuilder()
                                .setRequestBodyModeValue(99)
                                .build(),
                        false);
            case "h0" ->
                ProcessingRequest.newBuilder()
                        .setRequestHeaders(HttpHeaders.getDefaultInstance())
                        .setProtocolConfig(streamed())
                        .build();
            case "b" -> requestBody("{\"part\":", false);
            case "B" -> requestBody("1}", true);
            case "BB" -> requestBody("x".repeat(MAX_BODY + 1), true);
            case "t" ->
                ProcessingRequest.newBuilder()
                        .setRequestTrailers(HttpTrailers.getDefaultInstance())
                        .build();
            case "rh" -> responseHeaders(200, Map.of());
            case "rh404" -> responseHeaders(404, Map.of());
            case "rb" ->
                ProcessingRequest.newBuilder()
                        .setResponseBody(HttpBody.getDefaultInstance())
                        .build();
            case "rt" ->
                ProcessingRequest.newBuilder()
                        .setResponseTrailers(HttpTrailers.getDefaultInstance())
                        .build();
            case "?" -> ProcessingRequest.getDefaultInstance();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** What the router notes of a call: namespaces with their values. */
    static Struct metadata(CallMetadata call, Optional<Duration> callTimeout, Map<String, String> answerHeaders) {
        ReplyWriter reply = new ReplyWriter(1);
        CallMetadataCodec.begin(reply);
        CallMetadataCodec.write(call, callTimeout, answerHeaders, reply);
        CallMetadataCodec.end(reply);
        return decoded(reply.done()).getDynamicMetadata();
    }

    /** A reply as Envoy reads it. */
    static ProcessingResponse decoded(EncodedReply reply) {
        try {
            return ProcessingResponse.parseFrom(ProcessMethod.descriptor().streamResponse(reply));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reply by its short name: {@code qh qb qt} to the request's parts, {@code ph pb pt} to the response's. */
    static String nameOf(ProcessingResponse reply) {
        return switch (reply.getResponseCase()) {
            case REQUEST_HEADERS -> "qh";
            case REQUEST_BODY -> "qb";
            case REQUEST_TRAILERS -> "qt";
            case RESPONSE_HEADERS -> "ph";
            case RESPONSE_BODY -> "pb";
            case RESPONSE_TRAILERS -> "pt";
            case IMMEDIATE_RESPONSE ->
                "!" + reply.getImmediateResponse().getStatus().getCodeValue();
            case RESPONSE_NOT_SET -> "nothing";
        };
    }

    /** Which reply a message is to get. */
    static String replyTo(ProcessingRequest message) {
        return switch (message.getRequestCase()) {
            case REQUEST_HEADERS -> "qh";
            case REQUEST_BODY -> "qb";
            case REQUEST_TRAILERS -> "qt";
            case RESPONSE_HEADERS -> "ph";
            case RESPONSE_BODY -> "pb";
            case RESPONSE_TRAILERS -> "pt";
            case REQUEST_NOT_SET -> "!500";
        };
    }

    private static ProcessingRequest declaring(int length) {
        ProcessingRequest.Builder message = requestHeaders(streamed(), false).toBuilder();
        message.getRequestHeadersBuilder()
                .getHeadersBuilder()
                .addHeaders(HeaderValue.newBuilder().setKey("content-length").setValue(Integer.toString(length)));
        return message.build();
    }

    static ProtocolConfiguration streamed() {
        return mode(BodySendMode.STREAMED, true);
    }

    private static ProtocolConfiguration mode(BodySendMode mode, boolean unasked) {
        return ProtocolConfiguration.newBuilder()
                .setRequestBodyMode(mode)
                .setSendBodyWithoutWaitingForHeaderResponse(unasked)
                .build();
    }

    static ProcessingRequest requestHeaders(ProtocolConfiguration protocol, boolean endOfStream) {
        return ProcessingRequest.newBuilder()
                .setProtocolConfig(protocol)
                .setRequestHeaders(HttpHeaders.newBuilder()
                        .setHeaders(headerMap(Map.of(
                                ":method",
                                "POST",
                                ":path",
                                "/mcp?a=b",
                                ":authority",
                                "Server1.mcp.local:8080",
                                ":scheme",
                                "http",
                                "Mcp-Session-Id",
                                CLIENT)))
                        .setEndOfStream(endOfStream))
                .build();
    }

    private static final String CLIENT = FakeDispatcher.CLIENT_TOKEN;

    static ProcessingRequest requestBody(String text, boolean endOfStream) {
        return ProcessingRequest.newBuilder()
                .setRequestBody(HttpBody.newBuilder()
                        .setBody(ByteString.copyFromUtf8(text))
                        .setEndOfStream(endOfStream))
                .build();
    }

    static ProcessingRequest responseHeaders(int status, Map<String, Struct> metadata) {
        return ProcessingRequest.newBuilder()
                .setResponseHeaders(HttpHeaders.newBuilder()
                        .setHeaders(
                                headerMap(Map.of(":status", Integer.toString(status), "mcp-session-id", "backend-1"))))
                .setMetadataContext(Metadata.newBuilder().putAllFilterMetadata(metadata))
                .build();
    }

    static HeaderMap headerMap(Map<String, String> headers) {
        HeaderMap.Builder map = HeaderMap.newBuilder();
        headers.forEach((name, value) ->
                map.addHeaders(HeaderValue.newBuilder().setKey(name).setRawValue(ByteString.copyFromUtf8(value))));
        return map.build();
    }

    /** The values that a reply sets; fails if one is not a raw value that replaces. */
    static Map<String, String> set(HeaderMutation mutation) {
        Map<String, String> set = new LinkedHashMap<>();
        for (HeaderValueOption option : mutation.getSetHeadersList()) {
            if (!option.getHeader().getValue().isEmpty()
                    || option.getAppendAction() != HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD
                    || set.put(
                                    option.getHeader().getKey(),
                                    option.getHeader().getRawValue().toStringUtf8())
                            != null) {
                throw new AssertionError("not a raw value that replaces: " + option);
            }
        }
        return set;
    }
}
