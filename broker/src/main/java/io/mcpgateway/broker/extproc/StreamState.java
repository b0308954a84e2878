package io.mcpgateway.broker.extproc;

import io.mcpgateway.broker.extproc.wire.BodyProtocol;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.sse.StreamEdit;
import java.util.Optional;

/** Where one gRPC stream stands. A stream is one HTTP request, or one response when it starts with its headers. */
sealed interface StreamState {
    /** Nothing was received. */
    record AwaitingHeaders() implements StreamState {}

    /**
     * The request's body is not complete.
     *
     * @param protocol whether the headers were answered already
     */
    record AwaitingBody(RequestHead head, ReceivedBody body, BodyProtocol protocol) implements StreamState {
        static AwaitingBody of(RequestHead head, int maxBodyBytes, BodyProtocol protocol) {
            return new AwaitingBody(head, ReceivedBody.expected(head.headers(), maxBodyBytes), protocol);
        }
    }

    /** The decision waits for a server session; {@code owed} is answered with it. */
    record Deciding(Owed owed) implements StreamState {}

    /**
     * Everything received was answered, and the request went on.
     *
     * @param call what must be known when the response passes here
     */
    record Answered(Optional<CallMetadata> call) implements StreamState {}

    /** The answer is an event stream that is changed while it passes. */
    record Rewriting(StreamEdit edit) implements StreamState {}

    /** Nothing may be sent any more: we have completed it, or the other end has disconnected. */
    record Closed() implements StreamState {}

    /** Messages that the decision answers. */
    sealed interface Owed {
        /** The headers of a request without body. */
        record HeadersOnly() implements Owed {}

        /** The headers, and that many pieces of body: in this order. */
        record HeadersAndBody(int chunks) implements Owed {}

        /** The one body message after headers that were answered. */
        record BufferedBody() implements Owed {}
    }
}
