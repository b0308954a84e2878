package io.mcpgateway.broker.answer;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.sse.EventStreams;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.sse.SingleAnswerRewriter;
import io.mcpgateway.broker.sse.StreamEdit;

/** What becomes of the event stream that answers a call. Pure. */
public final class AnswerStreams {
    private AnswerStreams() {}

    /**
     * The edit for one stream.
     *
     * @param messages what changes in its messages, where the client takes the stream
     */
    public static StreamEdit edit(CallMetadata.InSession call, MessageEdit messages) {
        return call.onlyJson() ? SingleAnswerRewriter.of(noAnswer(call)) : EventStreams.rewriter(messages);
    }

    private static RawJson noAnswer(CallMetadata.InSession call) {
        return JsonRpcText.error(
                call.id().orElse(JsonRpcId.NONE),
                new JsonRpcError(
                        JsonRpcCodes.SERVER_UNAVAILABLE,
                        "the server's event stream contained no response of at most " + EventStreams.MAX_EVENT_BYTES
                                + " bytes; the call may have been executed. Send Accept: application/json,"
                                + " text/event-stream to get the stream itself"));
    }
}
