package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.limits.MessagesUnderWay;
import io.mcpgateway.broker.mcp.Accept;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.MessageMedia;
import io.mcpgateway.broker.mcp.ReadableId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.refusal.RevisionRule;
import io.mcpgateway.broker.refusal.SingleHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionVerdict;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** POST on {@code /mcp}: one JSON-RPC message in, one answer out, always plain JSON. */
final class McpMessages {
    /** Methods that may name a metric; anything else is counted as {@code other}. */
    private static final Set<McpMethod> COUNTED = EnumSet.of(
            McpMethod.INITIALIZE,
            McpMethod.PING,
            McpMethod.TOOLS_LIST,
            McpMethod.TOOLS_CALL,
            McpMethod.PROMPTS_LIST,
            McpMethod.PROMPTS_GET,
            McpMethod.RESOURCES_LIST,
            McpMethod.RESOURCE_TEMPLATES_LIST,
            McpMethod.RESOURCES_READ,
            McpMethod.RESOURCES_SUBSCRIBE,
            McpMethod.RESOURCES_UNSUBSCRIBE,
            McpMethod.COMPLETE,
            McpMethod.SET_LOG_LEVEL,
            McpMethod.INITIALIZED,
            McpMethod.CANCELLED);

    private static final int SHOWN_METHOD = 128;
    private static final RawJson EMPTY_RESULT = RawJson.of("{}");

    private final McpServices services;
    private final SessionGate gate;
    private final SessionStart start;
    private final McpLists lists;
    private final LogLevels logLevels;
    private final ClientNotices clientNotices;
    private final MessagesUnderWay underWay;

    McpMessages(McpSettings settings, McpServices services) {
        this.services = services;
        this.gate = services.gate();
        this.start = new SessionStart(settings, services);
        this.lists = new McpLists(services);
        this.logLevels = new LogLevels(services);
        this.clientNotices = new ClientNotices(services.servers());
        this.underWay = new MessagesUnderWay(settings.maxMessagesPerSession());
    }

    HttpAnswer answer(HttpExchange exchange) throws IOException {
        RequestHeaders headers = exchange.headers();
        RawJson body = exchange.body();
        Optional<String> unreadable = MessageMedia.problem(headers);
        if (unreadable.isPresent()) {
            return HttpAnswer.of(Refusals.contentType(ReadableId.of(body), unreadable.get()));
        }
        if (!Accept.admits(headers, MediaTypes.JSON) && !Accept.admits(headers, MediaTypes.EVENT_STREAM)) {
            return HttpAnswer.error(
                    406,
                    ReadableId.of(body),
                    new JsonRpcError(
                            JsonRpcCodes.INVALID_REQUEST, "Accept must include application/json or text/event-stream"));
        }
        JsonRpcMessage message = JsonRpcParser.parse(body);
        HttpAnswer answer = answer(headers, message, body);
        services.metrics().answered(counted(message), outcome(answer));
        return answer;
    }

    private HttpAnswer answer(RequestHeaders headers, JsonRpcMessage message, RawJson body) {
        if (message instanceof JsonRpcMessage.Malformed(JsonRpcError error, JsonRpcId id)) {
            return HttpAnswer.error(400, id, error);
        }
        Optional<Refusal> repeated = SingleHeaders.refusal(headers, idOf(message));
        if (repeated.isPresent()) {
            return HttpAnswer.of(repeated.get());
        }
        if (message instanceof JsonRpcMessage.Request request
                && request.method().equals(McpMethod.INITIALIZE.wireName())) {
            return start.answer(headers, request.id(), body);
        }
        SessionVerdict verdict = gate.verdict(headers);
        Optional<Refusal> revision = revisionRefused(headers, verdict, message);
        if (revision.isPresent()) {
            return HttpAnswer.of(revision.get());
        }
        return verdict instanceof SessionVerdict.Valid(GatewaySession session)
                ? underWay.answer(
                        session.id(), () -> inSession(headers, session, message, body), () -> tooMany(message))
                : BadSession.answer(idOf(message), verdict);
    }

    private static Optional<Refusal> revisionRefused(
            RequestHeaders headers, SessionVerdict verdict, JsonRpcMessage message) {
        return switch (message) {
            case JsonRpcMessage.Request(JsonRpcId id, String method, JsonRpcMessage.Params params) ->
                RevisionRule.refusal(headers, verdict, id, method, params.meta().protocolVersion());
            case JsonRpcMessage.Notification(String method, JsonRpcMessage.Params params) ->
                RevisionRule.refusal(
                        headers, verdict, JsonRpcId.NONE, method, params.meta().protocolVersion());
            case JsonRpcMessage.Reply _, JsonRpcMessage.Malformed _ -> RevisionRule.refusal(headers, verdict);
        };
    }

    private HttpAnswer tooMany(JsonRpcMessage message) {
        return HttpAnswer.of(Refusals.tooManyCalls(
                idOf(message),
                "too many messages in progress in this session: the limit is " + underWay.limit()
                        + "; wait for one of them to be answered"));
    }

    private HttpAnswer inSession(RequestHeaders headers, GatewaySession session, JsonRpcMessage message, RawJson body) {
        return switch (message) {
            case JsonRpcMessage.Notification(String method, var _) -> {
                clientNotices.pass(headers, session, method, body);
                yield HttpAnswer.empty(202);
            }
            case JsonRpcMessage.Reply _ ->
                HttpAnswer.error(
                        400,
                        JsonRpcId.NONE,
                        new JsonRpcError(
                                JsonRpcCodes.INVALID_REQUEST, "no request of a server is waiting for this reply"));
            case JsonRpcMessage.Request request -> request(headers, session, request, body);
            case JsonRpcMessage.Malformed(JsonRpcError error, JsonRpcId id) -> HttpAnswer.error(400, id, error);
        };
    }

    private HttpAnswer request(
            RequestHeaders headers, GatewaySession session, JsonRpcMessage.Request request, RawJson body) {
        McpMethod method = McpMethod.of(request.method()).orElse(null);
        return switch (method) {
            case PING -> HttpAnswer.json(200, JsonRpcText.result(request.id(), EMPTY_RESULT));
            case TOOLS_LIST -> lists.answer(CapabilityKind.TOOL, headers, session, request.id(), body);
            case PROMPTS_LIST -> lists.answer(CapabilityKind.PROMPT, headers, session, request.id(), body);
            case RESOURCES_LIST -> lists.answer(CapabilityKind.RESOURCE, headers, session, request.id(), body);
            case RESOURCE_TEMPLATES_LIST ->
                lists.answer(CapabilityKind.RESOURCE_TEMPLATE, headers, session, request.id(), body);
            case SET_LOG_LEVEL -> logLevels.answer(headers, session, request.id(), body);
            case TOOLS_CALL, PROMPTS_GET, RESOURCES_READ, RESOURCES_SUBSCRIBE, RESOURCES_UNSUBSCRIBE, COMPLETE ->
                failed(
                        request.id(),
                        JsonRpcCodes.INTERNAL_ERROR,
                        "this call reached the broker, which does not forward calls: calls must go through the"
                                + " gateway listener. Likely cause: the EnvoyFilter of this MCPGatewayExtension is not"
                                + " active on the listener that was used");
            case null, default ->
                failed(
                        request.id(),
                        JsonRpcCodes.METHOD_NOT_FOUND,
                        "Method not found: " + JsonText.excerpt(request.method(), SHOWN_METHOD));
        };
    }

    private static HttpAnswer failed(JsonRpcId id, int code, String text) {
        return HttpAnswer.error(200, id, new JsonRpcError(code, text));
    }

    private static JsonRpcId idOf(JsonRpcMessage message) {
        return switch (message) {
            case JsonRpcMessage.Request request -> request.id();
            case JsonRpcMessage.Malformed malformed -> malformed.id();
            case JsonRpcMessage.Notification _, JsonRpcMessage.Reply _ -> JsonRpcId.NONE;
        };
    }

    private static String counted(JsonRpcMessage message) {
        String method = switch (message) {
            case JsonRpcMessage.Request request -> request.method();
            case JsonRpcMessage.Notification notification -> notification.method();
            case JsonRpcMessage.Reply _, JsonRpcMessage.Malformed _ -> "other";
        };
        return McpMethod.of(method).filter(COUNTED::contains).isPresent() ? method : "other";
    }

    private static String outcome(HttpAnswer answer) {
        return answer.status() < 300 ? "answered" : "http_" + answer.status();
    }
}
