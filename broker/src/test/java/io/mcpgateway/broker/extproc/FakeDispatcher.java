package io.mcpgateway.broker.extproc;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ResponseRouter;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.answer.StateSeal;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RequestOrigin;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.ServerMessages;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.sse.MessageEdit;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers as a test tells it to, and remembers what it was asked. */
final class FakeDispatcher implements RequestDispatcher {
    static final String CLIENT_TOKEN = "client-token";
    static final CapabilityRoute ROUTE = new CapabilityRoute(
            CapabilityKind.TOOL,
            new ServerRoute(new ServerName("ns/one"), "one.mcp.local", "/mcp", URI.create("http://one:9090/mcp")),
            "greet",
            ToolHints.UNSPECIFIED);
    static final CallMetadata.InSession METADATA = new CallMetadata.InSession(
            CLIENT_TOKEN,
            new GatewaySessionId("jti-1"),
            new ServerKey("ns/one@1"),
            new ServerSession(Optional.of("backend-1"), "2025-06-18"),
            Optional.of(new JsonRpcId("\"call-1\"")));

    static final RequestStates STATES = RequestStates.withKey(new byte[32]);
    static final ServerRequestIds IDS = ServerRequestIds.withKey(new byte[32]);

    final List<RequestHead> heads = new CopyOnWriteArrayList<>();
    final List<RawJson> bodies = new CopyOnWriteArrayList<>();
    final List<CallMetadata> lost = new CopyOnWriteArrayList<>();

    volatile Map<String, String> answerHeaders = Map.of();
    volatile Supplier<RouteDecision.Complete> withoutBody = FakeDispatcher::toBroker;
    volatile Function<RawJson, RouteDecision> withBody = _ -> toBroker();
    volatile Supplier<RouteDecision.Complete> finished = () -> forward(Optional.empty());

    @Override
    public Map<String, String> answerHeaders(RequestHead head) {
        return answerHeaders;
    }

    static RouteDecision.Complete toBroker() {
        return new RouteDecision.ToBroker(
                new HeaderEdits(Map.of(":authority", "mcp.example.com"), Set.of("router-key", "mcp-init-host")));
    }

    static RouteDecision.Complete reject(int status) {
        return new RouteDecision.Reject(
                new Refusal(status, "application/json", RawJson.of("{\"error\":" + status + "}")));
    }

    static RouteDecision.Complete forward(Optional<RawJson> body) {
        Map<String, String> set = new LinkedHashMap<>();
        set.put("mcp-session-id", "backend-1");
        set.put(":authority", "one.mcp.local");
        set.put(":path", "/mcp");
        set.put("content-length", "99999");
        return new RouteDecision.Forward(
                ROUTE.server(), new HeaderEdits(set, Set.of("router-key", ":path", "host")), body, METADATA);
    }

    static RouteDecision callServer(RawJson body) {
        GatewaySession session = new GatewaySession(
                new GatewaySessionId("jti-1"),
                Instant.parse("2026-11-24T00:00:00Z"),
                CallerBinding.ANONYMOUS,
                Optional.empty(),
                "2025-06-18",
                ClientFeatures.NONE);
        RequestHead head = new RequestHead("POST", "h", "/mcp", io.mcpgateway.broker.mcp.RequestHeaders.EMPTY);
        return new RouteDecision.CallServer(
                head,
                session,
                CLIENT_TOKEN,
                ROUTE,
                new JsonRpcId("1"),
                "tools/call",
                new TextSpan("p_greet", 0, 9),
                body);
    }

    @Override
    public HeaderEdits beforeBody(RequestHead head) {
        return new HeaderEdits(Map.of(":authority", "mcp.example.com"), Set.of("x-mcp-toolname"));
    }

    @Override
    public RouteDecision.Complete beginWithoutBody(RequestHead head) {
        heads.add(head);
        return withoutBody.get();
    }

    @Override
    public RouteDecision begin(RequestHead head, RawJson body) {
        heads.add(head);
        bodies.add(body);
        return withBody.apply(body);
    }

    @Override
    public MessageEdit answerEdit(CallMetadata call) {
        return switch (call) {
            case CallMetadata.InSession inSession -> new ServerMessages(IDS, RequestOrigin.of(inSession));
            case CallMetadata.Sessionless modern ->
                new StateSeal(STATES, modern.state().orElseThrow(), Instant.parse("2099-01-01T00:00:00Z"));
        };
    }

    @Override
    public RouteDecision.Complete finish(RouteDecision.Pending pending) {
        return finished.get();
    }

    @Override
    public ResponseDecision timedOut(CallMetadata call) {
        return ResponseRouter.timedOut(call, "ns/one", Optional.of(Duration.ofMinutes(10)));
    }

    @Override
    public ResponseDecision serverAnswered(CallMetadata call, ServerAnswer answer) {
        ResponseDecision decision = ResponseRouter.decide(answer, call, "ns/one");
        if (decision.session() == ResponseDecision.SessionState.LOST) {
            lost.add(call);
        }
        return decision;
    }
}
