package io.mcpgateway.broker.extproc.played;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.BodySendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProtocolConfiguration;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.mcpgateway.api.envoy.FilterChain;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.router.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks a router as Envoy does: one stream for each request, and one for each answer that has to be read. */
public final class PlayedEnvoy implements AutoCloseable {
    private static final ProtocolConfiguration STREAMED = ProtocolConfiguration.newBuilder()
            .setRequestBodyMode(BodySendMode.STREAMED)
            .setSendBodyWithoutWaitingForHeaderResponse(true)
            .build();

    private final ManagedChannel router;

    private PlayedEnvoy(ManagedChannel router) {
        this.router = router;
    }

    /** Connects with the first request. */
    public static PlayedEnvoy at(Address router) {
        return new PlayedEnvoy(NettyChannelBuilder.forAddress(router.toSocketAddress())
                .usePlaintext()
                .directExecutor()
                .build());
    }

    /** Every request in progress fails. */
    @Override
    public void close() {
        router.shutdownNow();
    }

    /**
     * What the router says of a request.
     *
     * @param body empty if the request has none
     */
    public CompletableFuture<Verdict> ask(RequestHead head, RawJson body) {
        boolean whole = body.length() == 0;
        List<ProcessingRequest> messages = new ArrayList<>(2);
        messages.add(ProcessingRequest.newBuilder()
                .setProtocolConfig(STREAMED)
                .setRequestHeaders(
                        HttpHeaders.newBuilder().setHeaders(headers(head)).setEndOfStream(whole))
                .build());
        if (!whole) {
            messages.add(
                    ProcessingRequest.newBuilder().setRequestBody(last(body)).build());
        }
        return exchange(messages).thenApply(Verdict::of);
    }

    /**
     * Whether the router lets an answer with this body pass, changed or not.
     *
     * @param note what the router said of the request
     */
    public CompletableFuture<Boolean> answered(Verdict.Note note, int status, String contentType, RawJson body) {
        HeaderMap.Builder head = HeaderMap.newBuilder();
        add(head, ":status", Integer.toString(status));
        add(head, "content-type", contentType);
        Struct values = note.struct()
                .getFieldsOrDefault(FilterChain.METADATA_NAMESPACE, Value.getDefaultInstance())
                .getStructValue();
        return exchange(List.of(
                        ProcessingRequest.newBuilder()
                                .setProtocolConfig(STREAMED)
                                .setMetadataContext(
                                        Metadata.newBuilder().putFilterMetadata(FilterChain.METADATA_NAMESPACE, values))
                                .setResponseHeaders(HttpHeaders.newBuilder().setHeaders(head))
                                .build(),
                        ProcessingRequest.newBuilder()
                                .setResponseBody(last(body))
                                .build()))
                .thenApply(replies -> !replies.getFirst().hasImmediateResponse());
    }

    /** Sends everything at once, and completes with a reply to each, or with the immediate response to all. */
    private CompletableFuture<List<ProcessingResponse>> exchange(List<ProcessingRequest> messages) {
        ClientCall<ProcessingRequest, ProcessingResponse> call =
                router.newCall(ExternalProcessorGrpc.getProcessMethod(), CallOptions.DEFAULT.withWaitForReady());
        RepliesAwaited replies = new RepliesAwaited(call, messages.size());
        call.start(replies, new io.grpc.Metadata());
        call.request(messages.size());
        messages.forEach(call::sendMessage);
        return replies.all();
    }

    private static HttpBody.Builder last(RawJson body) {
        return HttpBody.newBuilder().setBody(body.read(ByteString::copyFrom)).setEndOfStream(true);
    }

    private static HeaderMap.Builder headers(RequestHead head) {
        HeaderMap.Builder map = HeaderMap.newBuilder();
        add(map, ":method", head.method());
        add(map, ":scheme", "http");
        add(map, ":authority", head.authority());
        add(map, ":path", head.path());
        for (String name : head.headers().names()) {
            head.headers().all(name).forEach(value -> add(map, name, value));
        }
        return map;
    }

    private static void add(HeaderMap.Builder map, String name, String value) {
        map.addHeaders(HeaderValue.newBuilder().setKey(name).setRawValue(ByteString.copyFromUtf8(value)));
    }
}
