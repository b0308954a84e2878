package io.mcpgateway.broker.answer;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.sse.EventStreams;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.sse.SingleAnswerRewriter;
import io.mcpgateway.broker.sse.StreamEdit;

/** What becomes of the body that answers a call, where it has to be read. Pure. */
public final class AnswerStreams {
    private AnswerStreams() {}

    /** Whether the body behind these headers of an answer has to be read. */
    public static boolean concerns(CallMetadata call, RequestHeaders headers) {
        return switch (call) {
            case CallMetadata.InSession _ -> EventStreams.isReadable(headers);
            case CallMetadata.Sessionless modern ->
                !modern.passes() && (EventStreams.isReadable(headers) || isJson(headers));
        };
    }

    /** Whether it becomes JSON, whatever it was. */
    public static boolean becomesJson(CallMetadata call) {
        return call instanceof CallMetadata.InSession inSession && inSession.onlyJson();
    }

    /**
     * The edit for one answer that {@link #concerns} us.
     *
     * @param messages what changes in its messages, where the client takes the answer in this form
     */
    public static StreamEdit edit(CallMetadata call, RequestHeaders headers, MessageEdit messages) {
        return switch (call) {
            case CallMetadata.InSession inSession ->
                inSession.onlyJson() ? SingleAnswerRewriter.of(noAnswer(inSession)) : EventStreams.rewriter(messages);
            case CallMetadata.Sessionless _ ->
                EventStreams.isReadable(headers) ? EventStreams.rewriter(messages) : new JsonRewriter(messages);
        };
    }

    private static boolean isJson(RequestHeaders headers) {
        return ServerAnswer.isJson(headers.all(StandardHeaders.CONTENT_TYPE))
                && headers.all(StandardHeaders.CONTENT_ENCODING).stream().allMatch("identity"::equalsIgnoreCase);
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
