package io.mcpgateway.broker.extproc;

import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest.RequestCase;
import io.mcpgateway.broker.answer.AnswerStreams;
import io.mcpgateway.broker.extproc.StreamState.Rewriting;
import io.mcpgateway.broker.extproc.wire.EncodedReply;
import io.mcpgateway.broker.extproc.wire.EnvoyMessage;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.sse.MessageEdit;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A server's response while it passes piece by piece: each piece is answered at once, whatever is still held back. */
final class AnswerRewriting {
    private AnswerRewriting() {}

    /** Whether the body that follows these headers of the call's response has to be looked at. */
    static boolean concerns(CallMetadata call, EnvoyMessage.ResponseHead message, RequestHeaders headers) {
        return !message.endOfStream() && AnswerStreams.concerns(call, headers);
    }

    static Rewriting begin(CallMetadata call, RequestHeaders headers, MessageEdit edit) {
        return new Rewriting(AnswerStreams.edit(call, headers, edit));
    }

    static EncodedReply headersReply(CallMetadata call) {
        return DecisionEncoder.headersOfRewrittenBody(AnswerStreams.becomesJson(call));
    }

    /** What takes the place of one piece. */
    static EncodedReply of(StreamState state, EnvoyMessage.ResponseBody piece) {
        if (!(state instanceof Rewriting(var edit))) {
            return DecisionEncoder.unchanged(RequestCase.RESPONSE_BODY);
        }
        byte[] received = piece.bytes().toByteArray();
        byte[] ready = edit.pass(received, 0, received.length);
        if (piece.endOfStream()) {
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
