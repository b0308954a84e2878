package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.endpoint.streams.ClientStream;
import io.mcpgateway.broker.endpoint.streams.ClientStreams;
import io.mcpgateway.broker.endpoint.streams.StreamOwner;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Accept;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.ModernRefusals;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.tasks.TaskTarget;

/** {@code subscriptions/listen} (MCP 2026-07-28, "Subscriptions"): opens a stream, if there is room for it. */
record Subscriptions(ModernServices services, ModernResults results) {
    ModernAnswer listen(RequestHeaders headers, JsonRpcMessage.Request request, RawJson body, ModernView view) {
        JsonRpcId id = request.id();
        if (!Accept.admits(headers, MediaTypes.EVENT_STREAM)) {
            return refused(
                    406,
                    id,
                    JsonRpcCodes.INVALID_REQUEST,
                    "the answer to subscriptions/listen is a stream: Accept must include text/event-stream");
        }
        return switch (ListenFilter.read(body)) {
            case ListenFilter.Reading.Invalid(String problem) -> refused(200, id, JsonRpcCodes.INVALID_PARAMS, problem);
            case ListenFilter.Reading.Asked(ListenFilter filter)
            when !filter.tasks().isEmpty()
                    && !TaskTarget.areDeclared(request.params().meta()) ->
                new ModernAnswer.Whole(HttpAnswer.of(ModernRefusals.tasksNotDeclared(id)));
            case ListenFilter.Reading.Asked(ListenFilter filter) ->
                open(new Subscription.Request(headers, id, request.params().meta(), filter, view.request()));
        };
    }

    private ModernAnswer open(Subscription.Request asked) {
        StreamOwner owner = new StreamOwner.Caller(CallerBinding.seen(asked.headers()));
        JsonRpcId id = asked.id();
        return switch (services.streams()
                .open(owner, asked.view(), asked.filter().changes())) {
            case ClientStreams.Opening.TooMany(int limit) ->
                refused(
                        429,
                        id,
                        JsonRpcCodes.INTERNAL_ERROR,
                        "this caller has " + limit + " subscriptions already; end one of them first");
            case ClientStreams.Opening.NoRoom(String reason) ->
                refused(503, id, JsonRpcCodes.INTERNAL_ERROR, reason + "; try again later");
            case ClientStreams.Opening.Opened(ClientStream stream) ->
                new ModernAnswer.Stream(new Subscription(services, results, asked, stream));
        };
    }

    private static ModernAnswer refused(int status, JsonRpcId id, int code, String text) {
        return new ModernAnswer.Whole(HttpAnswer.error(status, id, new JsonRpcError(code, text)));
    }
}
