package io.mcpgateway.broker.bridge;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.envoy.SecondTry;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.endpoint.calls.CallBridge;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.hairpin.ServerStreams;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.mcp.Accept;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.MessageSpans;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.router.CallHeaders;
import io.mcpgateway.broker.router.CallTarget;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.session.mail.ReplyMailbox;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.mcpgateway.broker.telemetry.BridgedOutcome;
import io.mcpgateway.broker.translation.Introduction;
import io.mcpgateway.broker.translation.LegacyCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of legacy clients to servers that are spoken to in a modern revision. */
public final class BridgedCalls implements CallBridge, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BridgedCalls.class);

    /**
     * What it is made of.
     *
     * @param streams what clients hear outside of calls
     * @param calls the limits of calls, which count every call in this process
     * @param version of the gateway, which servers are told, as the session does not say which program the client is
     * @param logs whether a server says that it logs
     * @param heartbeat between two signs of life on an idle stream
     * @param doubted hears of servers whose answers show that they speak other revisions now
     */
    public record Settings(
            ServerAccess access,
            ServerStreams streams,
            ServerRequestIds ids,
            SessionStore store,
            ReplyMailbox mailbox,
            CallsUnderWay calls,
            String version,
            Predicate<ServerName> logs,
            Duration heartbeat,
            BridgeMetrics metrics,
            Consumer<ServerName> doubted) {
        public Settings {
            Objects.requireNonNull(access, "access");
            Objects.requireNonNull(streams, "streams");
            Objects.requireNonNull(ids, "ids");
            Objects.requireNonNull(store, "store");
            Objects.requireNonNull(mailbox, "mailbox");
            Objects.requireNonNull(calls, "calls");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(logs, "logs");
            Objects.requireNonNull(heartbeat, "heartbeat");
            Objects.requireNonNull(metrics, "metrics");
            Objects.requireNonNull(doubted, "doubted");
        }
    }

    private final Settings settings;
    private final BridgeParts parts;
    private final BridgedSubscriptions subscriptions;
    private final RawJson clientInfo;
    private final AtomicLong numbers = new AtomicLong();

    private BridgedCalls(Settings settings, Duration patience) {
        this.settings = settings;
        this.subscriptions = new BridgedSubscriptions(settings.store(), settings.streams());
        this.clientInfo = InitializeParams.clientInfo(InitializeParams.GATEWAY, settings.version());
        this.parts = new BridgeParts(
                settings.access(),
                settings.ids(),
                new CallsInProgress(settings.mailbox()),
                new AtomicLong(),
                settings.metrics(),
                settings.doubted(),
                patience);
    }

    public static BridgedCalls start(Settings settings) {
        return start(settings, BridgeParts.DEFAULT_PATIENCE);
    }

    static BridgedCalls start(Settings settings, Duration patience) {
        BridgedCalls bridge = new BridgedCalls(settings, patience);
        bridge.parts.inProgress().start();
        return bridge;
    }

    /** Ends the calls that are still in progress. */
    @Override
    public void close() {
        parts.inProgress().close();
    }

    @Override
    public void call(
            HttpExchange exchange,
            GatewaySession session,
            ViewRequest seen,
            JsonRpcMessage.Request request,
            RawJson body)
            throws IOException, InterruptedException {
        if (isSecondAttempt(exchange.headers())) {
            exchange.answer(HttpAnswer.of(Refusals.serverFailed(
                    request.id(),
                    502,
                    "the gateway's replica that made this call has ended; the call may have been executed")));
            return;
        }
        RouteTable table = settings.access().table().get();
        CapabilityView view = CapabilityView.resolve(seen, table);
        McpMethod method = McpMethod.of(request.method()).orElseThrow();
        if (view instanceof CapabilityView.Refused(String reason)) {
            exchange.answer(HttpAnswer.of(Refusals.viewRefused(request.id(), reason)));
            return;
        }
        switch (CallTarget.of(method, request, table, view)) {
            case CallTarget.Unknown(Refusal answer) -> exchange.answer(HttpAnswer.of(answer));
            case CallTarget.OfGateway() -> exchange.answer(HttpAnswer.of(notOfServer(request)));
            case CallTarget.Found(CapabilityRoute route, TextSpan name)
            when method == McpMethod.RESOURCES_SUBSCRIBE || method == McpMethod.RESOURCES_UNSUBSCRIBE ->
                exchange.answer(subscriptions.answer(method, session, route.server(), name.value(), request.id()));
            case CallTarget.Found target ->
                limited(exchange, clientsCall(exchange, session, target, method, request.id(), body));
        }
    }

    /** The router leaves calls of servers to the bridge only; meanwhile, the gateway has taken the name over. */
    private static Refusal notOfServer(JsonRpcMessage.Request request) {
        return Refusals.unknownName(
                request.id(),
                CapabilityKind.TOOL,
                request.params().name().orElseThrow().value());
    }

    /** Envoy asks another replica if one ends before it has begun to answer; the server may have got the call by then. */
    public static boolean isSecondAttempt(RequestHeaders headers) {
        return headers.first(SecondTry.ATTEMPT_HEADER)
                .filter(attempt -> !attempt.equals("1"))
                .isPresent();
    }

    private ClientsCall clientsCall(
            HttpExchange exchange,
            GatewaySession session,
            CallTarget.Found target,
            McpMethod method,
            JsonRpcId id,
            RawJson body) {
        RequestHeaders headers = exchange.headers();
        CapabilityRoute route = target.route();
        return new ClientsCall(
                session,
                headers,
                id,
                route.server(),
                CallHeaders.withHints(method.wireName(), target, session.url()),
                new LegacyCall(method, target.name(), target.ownName(), body, route.paramHeaders()),
                introduction(session, route.server(), !Accept.onlyJson(headers)));
    }

    private Introduction introduction(GatewaySession session, ServerRoute server, boolean canBeAsked) {
        String revision =
                server.eras().towards(new Era.Legacy(session.protocolVersion())) instanceof Era.Modern(String spoken)
                        ? spoken
                        : ProtocolVersions.MODERN.getLast();
        return new Introduction(
                revision,
                clientInfo,
                Introduction.capabilities(session.features(), canBeAsked),
                settings.logs().test(server.name()) ? logLevel(session) : Optional.empty());
    }

    private Optional<LogLevel> logLevel(GatewaySession session) {
        try {
            return settings.store().logLevel(session.id());
        } catch (SessionStoreException unavailable) {
            log.warn("log level could not be read session={} cause=\"{}\"", session.id(), unavailable.getMessage());
            return Optional.empty();
        }
    }

    private void limited(HttpExchange exchange, ClientsCall call) throws IOException, InterruptedException {
        Optional<String> refusal =
                settings.calls().begin(call.session().id(), call.server().key(), call.serverName());
        if (refusal.isPresent()) {
            settings.metrics().called(call.hop(), BridgedOutcome.REFUSED);
            exchange.answer(HttpAnswer.of(Refusals.tooManyCalls(call.id(), refusal.get())));
            return;
        }
        try {
            carry(exchange, call);
        } finally {
            settings.calls().end(call.session().id(), call.server().key());
        }
    }

    private void carry(HttpExchange exchange, ClientsCall call) throws IOException, InterruptedException {
        ClientAnswer answer = new ClientAnswer(!Accept.onlyJson(call.headers()), settings.heartbeat());
        long number = numbers.incrementAndGet();
        BridgedCall bridged = new BridgedCall(parts, number, call, answer);
        parts.inProgress().begin(number, bridged);
        try {
            bridged.start();
            exchange.whenClientLeaves(bridged::cancel);
            answer.write(exchange);
        } finally {
            bridged.cancel();
            parts.inProgress().end(number);
        }
    }

    @Override
    public HttpAnswer replied(GatewaySession session, JsonRpcId id, RawJson reply) {
        Optional<QuestionId> question = settings.ids()
                .open(id, session.id())
                .filter(ServerRequestIds.Asked::byBroker)
                .flatMap(asked -> QuestionId.of(asked.original().json()));
        try {
            boolean taken = question.isPresent() && parts.inProgress().reply(question.get(), reply);
            return taken ? HttpAnswer.empty(202) : HttpAnswer.of(Refusals.strayReply());
        } catch (SessionStoreException unavailable) {
            log.warn("reply not passed on session={} cause=\"{}\"", session.id(), unavailable.getMessage());
            return HttpAnswer.of(Refusals.serverFailed(
                    JsonRpcId.NONE,
                    503,
                    "the session store is not available, so the reply cannot be passed on; try again"));
        }
    }

    @Override
    public void cancelled(GatewaySession session, RawJson notification) {
        MessageSpans.read(notification)
                .requestId()
                .ifPresent(call -> parts.inProgress().cancel(session.id(), new JsonRpcId(call.json())));
    }

    @Override
    public void ended(GatewaySession session) {
        parts.inProgress().end(session.id());
    }
}
