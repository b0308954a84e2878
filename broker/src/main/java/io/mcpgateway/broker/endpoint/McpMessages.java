package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.endpoint.answers.MisplacedCall;
import io.mcpgateway.broker.endpoint.calls.LeftCalls;
import io.mcpgateway.broker.endpoint.modern.ModernMessages;
import io.mcpgateway.broker.era.ServedRevisions;
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
import io.mcpgateway.broker.refusal.MethodRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.refusal.RevisionRule;
import io.mcpgateway.broker.refusal.SingleHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.broker.url.Chosen;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * POST on {@code /mcp}: one JSON-RPC message in, one answer out, plain JSON unless a modern client listens, or the broker
 * makes a call in the client's place.
 */
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

    /** An answer, and the revision that it is in. */
    record Answered(String protocolVersion, HttpAnswer answer) {
        static Answered withoutVersion(HttpAnswer answer) {
            return new Answered(GatewayMetrics.NO_VERSION, answer);
        }
    }

    private static final int SHOWN_METHOD = 128;
    private static final RawJson EMPTY_RESULT = RawJson.of("{}");

    private final McpServices services;
    private final ModernMessages modern;
    private final SessionGate gate;
    private final SessionStart start;
    private final McpLists lists;
    private final LogLevels logLevels;
    private final ClientNotices clientNotices;
    private final MessagesUnderWay underWay;

    McpMessages(McpSettings settings, McpServices services, ModernMessages modern) {
        this.services = services;
        this.modern = modern;
        this.gate = services.gate();
        this.start = new SessionStart(settings, services);
        this.lists = new McpLists(services);
        this.logLevels = new LogLevels(services);
        this.clientNotices = new ClientNotices(services.servers());
        this.underWay = new MessagesUnderWay(settings.maxMessagesPerSession());
    }

    void handle(HttpExchange exchange, Chosen url) throws IOException, InterruptedException {
        RequestHeaders headers = exchange.headers();
        RawJson body = exchange.body();
        long start = System.nanoTime();
        Optional<HttpAnswer> unreadable = unreadable(headers, body);
        if (unreadable.isPresent()) {
            exchange.answer(unreadable.get());
            return;
        }
        JsonRpcMessage message = JsonRpcParser.parse(body);
        Optional<Refusal> another = MethodRule.refusal(headers, message);
        if (another.isPresent()) {
            exchange.answer(HttpAnswer.of(another.get()));
            return;
        }
        if (modern.handle(exchange, url, message, body)) {
            return;
        }
        Optional<Answered> answered = answer(exchange, url, message, body);
        if (answered.isPresent()) {
            count(
                    message,
                    answered.get().protocolVersion(),
                    answered.get().answer().status());
            services.metrics().answerTook(counted(message), System.nanoTime() - start);
            exchange.answer(answered.get().answer());
        }
    }

    private void count(JsonRpcMessage message, String protocolVersion, int status) {
        services.metrics().answered(counted(message), protocolVersion, status);
    }

    private static Optional<HttpAnswer> unreadable(RequestHeaders headers, RawJson body) {
        if (body.length() == 0) {
            return Optional.of(HttpAnswer.of(Refusals.bodyMissing()));
        }
        Optional<String> problem = MessageMedia.problem(headers);
        if (problem.isPresent()) {
            return Optional.of(HttpAnswer.of(Refusals.contentType(ReadableId.of(body), problem.get())));
        }
        return Accept.admits(headers, MediaTypes.JSON) || Accept.admits(headers, MediaTypes.EVENT_STREAM)
                ? Optional.empty()
                : Optional.of(HttpAnswer.error(
                        406,
                        ReadableId.of(body),
                        new JsonRpcError(
                                JsonRpcCodes.INVALID_REQUEST,
                                "Accept must include application/json or text/event-stream")));
    }

    /** Empty if the exchange has its answer already. */
    private Optional<Answered> answer(HttpExchange exchange, Chosen url, JsonRpcMessage message, RawJson body)
            throws IOException, InterruptedException {
        RequestHeaders headers = exchange.headers();
        if (message instanceof JsonRpcMessage.Malformed(JsonRpcError error, JsonRpcId id)) {
            return withoutVersion(HttpAnswer.error(400, id, error));
        }
        Optional<Refusal> repeated = SingleHeaders.refusal(headers, idOf(message));
        if (repeated.isPresent()) {
            return withoutVersion(HttpAnswer.of(repeated.get()));
        }
        if (message instanceof JsonRpcMessage.Request request
                && request.method().equals(McpMethod.INITIALIZE.wireName())) {
            return Optional.of(start.answer(url, headers, request.id(), body));
        }
        SessionVerdict verdict = gate.verdict(headers, url);
        Optional<Refusal> revision = revisionRefused(headers, verdict, message);
        if (revision.isPresent()) {
            return withoutVersion(HttpAnswer.of(revision.get()));
        }
        if (!(verdict instanceof SessionVerdict.Valid(GatewaySession session))) {
            return withoutVersion(BadSession.answer(idOf(message), verdict));
        }
        if (bridged(exchange, session, message, body)) {
            count(message, session.protocolVersion(), 200);
            return Optional.empty();
        }
        HttpAnswer answer = ofBridge(session, message, body)
                .orElseGet(() -> underWay.answer(
                        session.id(), () -> inSession(headers, session, message, body), () -> tooMany(message)));
        return Optional.of(new Answered(session.protocolVersion(), answer));
    }

    private static Optional<Answered> withoutVersion(HttpAnswer answer) {
        return Optional.of(Answered.withoutVersion(answer));
    }

    /** Whether it was a call that the router left to the broker; it has limits of its own. */
    private boolean bridged(HttpExchange exchange, GatewaySession session, JsonRpcMessage message, RawJson body)
            throws IOException, InterruptedException {
        if (!(message instanceof JsonRpcMessage.Request request)
                || !LeftCalls.contain(exchange.headers())
                || McpMethod.of(request.method()).filter(McpMethod::isCall).isEmpty()) {
            return false;
        }
        services.bridge().call(exchange, session, services.viewRequest(session, exchange.headers()), request, body);
        return true;
    }

    /** What belongs to a call in progress always passes, or the call would wait for what its own place keeps out. */
    private Optional<HttpAnswer> ofBridge(GatewaySession session, JsonRpcMessage message, RawJson body) {
        if (message instanceof JsonRpcMessage.Notification(String method, var _)
                && method.equals(McpMethod.CANCELLED.wireName())) {
            services.bridge().cancelled(session, body);
        }
        return message instanceof JsonRpcMessage.Reply(JsonRpcId id, boolean _)
                ? Optional.of(services.bridge().replied(session, id, body))
                : Optional.empty();
    }

    private Optional<Refusal> revisionRefused(RequestHeaders headers, SessionVerdict verdict, JsonRpcMessage message) {
        ServedRevisions served = services.revisions();
        return switch (message) {
            case JsonRpcMessage.Request(JsonRpcId id, String method, JsonRpcMessage.Params params) ->
                RevisionRule.refusal(headers, verdict, id, method, params.meta().protocolVersion(), served);
            case JsonRpcMessage.Notification(String method, JsonRpcMessage.Params params) ->
                RevisionRule.refusal(
                        headers, verdict, JsonRpcId.NONE, method, params.meta().protocolVersion(), served);
            case JsonRpcMessage.Reply _, JsonRpcMessage.Malformed _ -> RevisionRule.refusal(headers, verdict, served);
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
            case JsonRpcMessage.Reply _ -> HttpAnswer.of(Refusals.strayReply());
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
            case TOOLS_CALL -> lists.find(headers, session, request, body);
            case PROMPTS_GET, RESOURCES_READ, RESOURCES_SUBSCRIBE, RESOURCES_UNSUBSCRIBE, COMPLETE ->
                MisplacedCall.answer(request.id());
            case null, default ->
                HttpAnswer.error(
                        200,
                        request.id(),
                        new JsonRpcError(
                                JsonRpcCodes.METHOD_NOT_FOUND,
                                "Method not found: " + JsonText.excerpt(request.method(), SHOWN_METHOD)));
        };
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
}
