package io.mcpgateway.broker.embedded;

import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ResponseRouter;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.catalog.CallAuthorization;
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
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Decides by path: /mcp is a call to the server, /init an initialize of it, /reject is refused, the rest is the broker's. */
final class FakeDispatcher implements RequestDispatcher {
    static final String TOKEN = "client-token";
    static final RawJson REWRITTEN = RawJson.of(
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"alpha\",\"n\":1.0}}");
    private static final GatewaySessionId SESSION = new GatewaySessionId("session-1");

    final List<Integer> answered = new CopyOnWriteArrayList<>();
    private final ServerRoute server;

    FakeDispatcher(ServerRoute server) {
        this.server = server;
    }

    @Override
    public RouteDecision.Complete beginWithoutBody(RequestHead head) {
        return switch (head.pathOnly()) {
            case "/reject" ->
                new RouteDecision.Reject(new Refusal(403, "application/json", RawJson.of("{\"no\":true}")));
            case "/init" ->
                new RouteDecision.InitializeServer(server.hostname(), HeaderEdits.NONE, new CallAuthorization.None());
            case "/init-unknown" ->
                new RouteDecision.InitializeServer("nobody.mcp.local", HeaderEdits.NONE, new CallAuthorization.None());
            default ->
                new RouteDecision.ToBroker(new HeaderEdits(
                        Map.of(":authority", "public.example", "x-mcp-method", "m"), Set.of("x-secret")));
        };
    }

    @Override
    public RouteDecision begin(RequestHead head, RawJson body) {
        if (!head.pathOnly().equals("/mcp")) {
            return beginWithoutBody(head);
        }
        GatewaySession session = new GatewaySession(
                SESSION, Instant.MAX, CallerBinding.ANONYMOUS, Optional.empty(), "2025-06-18", ClientFeatures.NONE);
        CapabilityRoute route = new CapabilityRoute(CapabilityKind.TOOL, server, "alpha", ToolHints.UNSPECIFIED);
        return new RouteDecision.CallServer(
                head, session, TOKEN, route, new JsonRpcId("7"), "tools/call", new TextSpan("s1_alpha", 0, 10), body);
    }

    @Override
    public RouteDecision.Complete finish(RouteDecision.Pending pending) {
        HeaderEdits edits = new HeaderEdits(
                Map.of(":path", server.path(), "mcp-session-id", "backend-session", "x-mcp-toolname", "alpha"),
                Set.of("x-secret"));
        CallMetadata metadata = new CallMetadata.InSession(
                TOKEN,
                SESSION,
                server.key(),
                new ServerSession(Optional.of("backend-session"), "2025-06-18"),
                Optional.of(new JsonRpcId("7")));
        return new RouteDecision.Forward(server, edits, Optional.of(REWRITTEN), metadata);
    }

    @Override
    public ResponseDecision timedOut(CallMetadata call) {
        return ResponseRouter.timedOut(call, server.name().value(), server.callTimeout());
    }

    @Override
    public ResponseDecision serverAnswered(CallMetadata call, ServerAnswer answer) {
        answered.add(answer.status());
        return ResponseRouter.decide(answer, call, server.name().value());
    }
}
