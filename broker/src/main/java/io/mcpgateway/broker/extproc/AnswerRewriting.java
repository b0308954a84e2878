package io.mcpgateway.broker.extproc;

import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest.RequestCase;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.mcpgateway.broker.answer.AnswerStreams;
import io.mcpgateway.broker.extproc.StreamState.Rewriting;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.sse.EventStreams;
import io.mcpgateway.broker.sse.MessageEdit;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** A server's response while it passes piece by piece: each piece is answered at once, whatever is still held back. */
final class AnswerRewriting {
    private AnswerRewriting() {}

    /** The call, if the body that follows these headers of its response has to be looked at. */
    static Optional<CallMetadata.InSession> concerned(
            Optional<CallMetadata> call, ProcessingRequest message, RequestHeaders headers) {
        return message.getResponseHeaders().getEndOfStream() || !EventStreams.isReadable(headers)
                ? Optional.empty()
                : call.flatMap(known -> switch (known) {
                    case CallMetadata.InSession inSession -> Optional.of(inSession);
                    case CallMetadata.Sessionless _ -> Optional.empty();
                });
    }

    static Rewriting begin(CallMetadata.InSession call, MessageEdit edit) {
        return new Rewriting(AnswerStreams.edit(call, edit));
    }

    /** What takes the place of one piece. */
    static ProcessingResponse of(StreamState state, HttpBody piece) {
        if (!(state instanceof Rewriting(var edit))) {
            return DecisionEncoder.unchanged(RequestCase.RESPONSE_BODY);
        }
        byte[] received = piece.getBody().toByteArray();
        byte[] ready = edit.pass(received, 0, received.length);
        if (piece.getEndOfStream()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream(ready.length);
            all.writeBytes(ready);
            all.writeBytes(edit.finish());
            ready = all.toByteArray();
        }
        return Arrays.equals(ready, received)
                ? DecisionEncoder.unchanged(RequestCase.RESPONSE_BODY)
                : DecisionEncoder.responsePiece(ready);
    }
}
