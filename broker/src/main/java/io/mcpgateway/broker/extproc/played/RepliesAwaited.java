package io.mcpgateway.broker.extproc.played;

import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The replies of one stream. Only the channel's event loop uses this; the future may be awaited by any thread. */
final class RepliesAwaited extends ClientCall.Listener<ProcessingResponse> {
    private final ClientCall<?, ?> call;
    private final int awaited;
    private final List<ProcessingResponse> replies = new ArrayList<>(2);
    private final CompletableFuture<List<ProcessingResponse>> all = new CompletableFuture<>();

    /** @param awaited how many replies there will be, unless the first one ends the stream */
    RepliesAwaited(ClientCall<?, ?> call, int awaited) {
        this.call = call;
        this.awaited = awaited;
    }

    CompletableFuture<List<ProcessingResponse>> all() {
        return all;
    }

    @Override
    public void onMessage(ProcessingResponse reply) {
        replies.add(reply);
        if (replies.size() == awaited || reply.hasImmediateResponse()) {
            // Envoy resets a stream that it needs no more, too.
            call.cancel("answered", null);
            all.complete(List.copyOf(replies));
        }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        all.completeExceptionally(new IllegalStateException("the router ended the stream: " + status));
    }
}
