package io.mcpgateway.broker.router;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.Accept;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Malformed;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Notification;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Reply;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.MessageMedia;
import io.mcpgateway.broker.mcp.ReadableId;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.refusal.RevisionRule;
import io.mcpgateway.broker.refusal.SessionRefusals;
import io.mcpgateway.broker.refusal.SingleHeaders;
import io.mcpgateway.broker.router.RouteDecision.Bridge;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.InitializeServer;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import io.mcpgateway.broker.router.RouteDecision.ToBroker;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.url.GatewayUrl;
import io.mcpgateway.broker.url.UrlTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where a request goes. Pure: same request and facts, same decision. The rules, in order:
 *
 * <ol>
 *   <li>{@code mcp-init-host}: the broker's own request to a server, if its router token is valid; else 403.
 *   <li>A URL below {@code /mcp} that nobody has is refused ({@link UrlTable}).
 *   <li>Anything but POST to a URL of MCP goes to the broker, pinned to the public host, its body unread.
 *   <li>Messages of web pages that may not use the gateway are refused ({@link OriginRule}).
 *   <li>Messages are checked; those about one tool, prompt or resource ({@link CallTarget}) go to its server if session
 *       and view allow it, those of modern clients ({@link ModernCalls}) if the view does; a reply goes to the server whose request it answers ({@link ServerReplies}); all others go to
 *       the broker.
 * </ol>
 *
 * <p>Headers that only the gateway may set ({@link GatewayHeaders}) are removed from every request of a client.
 *
 * @param publicHost the host that everything but routed calls is pinned to
 * @param maxBodyBytes larger bodies are refused with 413
 * @param origins the same that the broker asks
 * @param serverRequests under which ids clients see the requests of servers
 */
public record Router(String publicHost, int maxBodyBytes, OriginRule origins, ServerRequestIds serverRequests) {
    private static final String AUTHORITY = ":authority";

    public Router {
        Objects.requireNonNull(publicHost, "publicHost");
        Objects.requireNonNull(origins, "origins");
        Objects.requireNonNull(serverRequests, "serverRequests");
    }

    /** No web pages but those of the public host. */
    public Router(String publicHost, int maxBodyBytes, ServerRequestIds serverRequests) {
        this(publicHost, maxBodyBytes, OriginRule.of(publicHost, false, List.of()), serverRequests);
    }

    /** What lets the web page that asks, if there is one and it may, read an answer of the MCP path. */
    public Map<String, String> answerHeaders(RequestHead head, RouteTable table) {
        return UrlTable.isMcpPath(head.pathOnly()) ? origins(table).answerHeaders(head.headers()) : Map.of();
    }

    /** For requests without a body (GET, DELETE, a POST with content-length 0). */
    public RouteDecision.Complete decideWithoutBody(RequestHead head, RouterFacts facts) {
        if (head.headers().has(GatewayHeaders.INIT_HOST)) {
            return initializeServer(head, facts);
        }
        return unread(head, UrlEdits.find(head, facts), facts, () -> JsonRpcId.NONE)
                .orElseGet(() -> new Reject(
                        origins(facts.table()).refusal(head.headers()).orElseGet(Refusals::bodyMissing)));
    }

    /** For requests whose whole body is there; it may still be empty. */
    public RouteDecision decide(RequestHead head, RawJson body, RouterFacts facts) {
        if (head.headers().has(GatewayHeaders.INIT_HOST)) {
            return initializeServer(head, facts);
        }
        GatewayUrl url = UrlEdits.find(head, facts);
        Optional<RouteDecision.Complete> unread = unread(head, url, facts, () -> ReadableId.of(body));
        if (unread.isPresent()) {
            return unread.get();
        }
        Optional<Refusal> refusal = origins(facts.table()).refusal(head.headers(), body);
        if (refusal.isPresent()) {
            return new Reject(refusal.get());
        }
        if (body.length() > maxBodyBytes) {
            return new Reject(Refusals.bodyTooLarge(maxBodyBytes));
        }
        if (body.length() == 0) {
            return new Reject(Refusals.bodyMissing());
        }
        Optional<String> unreadable = MessageMedia.problem(head.headers());
        return unreadable.isPresent()
                ? new Reject(Refusals.contentType(ReadableId.of(body), unreadable.get()))
                : UrlEdits.applied(decideMessage(head, body, facts), head, url);
    }

    /** Of requests that are no messages for MCP, whatever their body. */
    private Optional<RouteDecision.Complete> unread(
            RequestHead head, GatewayUrl url, RouterFacts facts, Supplier<JsonRpcId> id) {
        Optional<Refusal> nowhere = UrlEdits.nowhere(head, url, origins(facts.table()), id);
        if (nowhere.isPresent()) {
            return Optional.of(new Reject(nowhere.get()));
        }
        if (head.method().equals("POST") && url.isMcp()) {
            return Optional.empty();
        }
        HeaderEdits edits = BrokerEdits.pinned(head, url.isMcp(), facts, publicHost);
        return Optional.of(new ToBroker(edits.then(UrlEdits.toBroker(head, url, facts))));
    }

    /** Concludes a call once a server session was obtained, or was not. */
    public RouteDecision.Complete complete(CallServer call, SessionOutcome outcome) {
        return switch (outcome) {
            case SessionOutcome.Failed(int status, String message) ->
                new Reject(Refusals.serverFailed(call.id(), status, message));
            case SessionOutcome.Ready(ServerSession serverSession) -> forward(call, serverSession);
        };
    }

    /**
     * Concludes a reply to a server.
     *
     * @param serverSession the session that is known at the server now, if there is one
     */
    public RouteDecision.Complete completeReply(
            RouteDecision.AnswerServerRequest answer, Optional<ServerSession> serverSession) {
        return new ServerReplies(serverRequests, publicHost).complete(answer, serverSession);
    }

    private RouteDecision decideMessage(RequestHead head, RawJson body, RouterFacts facts) {
        return switch (JsonRpcParser.parse(body)) {
            case Malformed malformed -> new Reject(Refusals.malformed(malformed.error(), malformed.id()));
            case Reply reply -> new ServerReplies(serverRequests, publicHost).decide(head, reply, body, facts);
            case Notification(String method, var _) ->
                call(method).isPresent()
                        ? new Reject(Refusals.callWithoutId(method))
                        : new ToBroker(BrokerEdits.ofMessage(head, method, facts, publicHost));
            case Request request ->
                call(request.method())
                        .map(method -> ModernCalls.decide(publicHost, head, body, request, method, facts)
                                .orElseGet(() -> inOneEra(call(head, body, request, method, facts), facts)))
                        .or(() -> McpMethod.of(request.method())
                                .filter(McpMethod::isAboutTask)
                                .flatMap(method -> new ModernTasks(head, body, request, method, facts).decide()))
                        .orElseGet(
                                () -> new ToBroker(BrokerEdits.ofMessage(head, request.method(), facts, publicHost)));
        };
    }

    private static Optional<McpMethod> call(String method) {
        return McpMethod.of(method).filter(McpMethod::isCall);
    }

    /** No message can go straight from one era to the other. */
    private RouteDecision inOneEra(RouteDecision decision, RouterFacts facts) {
        return decision instanceof CallServer call && call.isBetweenEras()
                ? new Bridge(
                        call.route().server(),
                        BrokerEdits.ofBridged(
                                call.head(),
                                call.method(),
                                new CallTarget.Found(call.route(), call.name()),
                                facts,
                                publicHost))
                : decision;
    }

    private RouteDecision call(RequestHead head, RawJson body, Request request, McpMethod method, RouterFacts facts) {
        JsonRpcId id = request.id();
        Optional<Refusal> refusal = SingleHeaders.refusal(head.headers(), id)
                .or(() -> RevisionRule.refusal(
                        head.headers(),
                        facts.session(),
                        id,
                        request.method(),
                        request.params().meta().protocolVersion(),
                        facts.table().revisions()));
        if (refusal.isPresent()) {
            return new Reject(refusal.get());
        }
        return facts.session() instanceof SessionVerdict.Valid(GatewaySession session)
                ? callInSession(session, head, body, request, method, facts)
                : new Reject(SessionRefusals.ofInvalid(id, facts.session()));
    }

    private RouteDecision callInSession(
            GatewaySession session,
            RequestHead head,
            RawJson body,
            Request request,
            McpMethod method,
            RouterFacts facts) {
        JsonRpcId id = request.id();
        RouteTable table = facts.table();
        Optional<String> token = head.headers().first(McpHeaders.SESSION_ID);
        if (token.isEmpty()) {
            return new Reject(Refusals.sessionMissing(id));
        }
        CapabilityView view =
                CapabilityView.resolve(ViewRequest.of(session, head.headers(), facts.authorization()), table);
        if (view instanceof CapabilityView.Refused(String reason)) {
            return new Reject(Refusals.viewRefused(id, reason));
        }
        return switch (CallTarget.of(method, request, table, view)) {
            case CallTarget.Found(CapabilityRoute route, TextSpan name) ->
                new CallServer(
                        head,
                        session,
                        token.get(),
                        route,
                        id,
                        request.method(),
                        name,
                        body,
                        method == McpMethod.TOOLS_CALL ? request.params().task() : Optional.empty());
            case CallTarget.OfGateway() -> new ToBroker(BrokerEdits.ofFindTools(head, facts, publicHost));
            case CallTarget.Unknown(Refusal answer) -> new Reject(answer);
        };
    }

    private static Forward forward(CallServer call, ServerSession serverSession) {
        CapabilityRoute route = call.route();
        List<Splice> changes = changes(call);
        Optional<RawJson> body = changes.isEmpty() ? Optional.empty() : Optional.of(Splice.all(changes, call.body()));
        CallMetadata metadata = new CallMetadata.InSession(
                call.clientToken(),
                call.session().id(),
                route.server().key(),
                serverSession,
                Optional.of(call.id()),
                Accept.onlyJson(call.head().headers()));
        return new Forward(route.server(), CallEdits.of(call, serverSession), body, metadata);
    }

    /**
     * The server's name for it, and without {@code task}, which the gateway does not offer: a receiver that declares no
     * tasks ignores it (MCP 2025-11-25, "Tasks").
     */
    private static List<Splice> changes(CallServer call) {
        List<Splice> changes = new ArrayList<>(2);
        new CallTarget.Found(call.route(), call.name()).renaming().ifPresent(changes::add);
        call.cut().ifPresent(changes::add);
        return changes;
    }

    /** The token was issued for one host; a request that names several, or another one, is not the broker's. */
    private static RouteDecision.Complete initializeServer(RequestHead head, RouterFacts facts) {
        List<String> hosts = head.headers().all(GatewayHeaders.INIT_HOST);
        if (!(facts.routerToken() instanceof RouterTokenVerdict.Valid valid)
                || hosts.size() != 1
                || !hosts.getFirst().equalsIgnoreCase(valid.host())) {
            return new Reject(Refusals.routerToken());
        }
        Set<String> remove = head.headers().has(GatewayHeaders.ROUTER_KEY)
                ? Set.of(GatewayHeaders.INIT_HOST, GatewayHeaders.ROUTER_KEY)
                : Set.of(GatewayHeaders.INIT_HOST);
        CallAuthorization authorization = facts.table()
                .serverByHostname(valid.host())
                .map(ServerRoute::authorization)
                .orElseGet(CallAuthorization.None::new);
        Map<String, String> set = new LinkedHashMap<>();
        set.put(GatewayHeaders.UPSTREAM_AUTHORIZATION, authorization.mode().word());
        set.put(AUTHORITY, valid.host());
        return new InitializeServer(valid.host(), new HeaderEdits(set, remove), authorization);
    }

    private OriginRule origins(RouteTable table) {
        return origins.alsoOf(table.urls().ownHosts());
    }
}
