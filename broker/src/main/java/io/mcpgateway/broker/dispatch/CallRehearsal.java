package io.mcpgateway.broker.dispatch;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.RouterFacts;
import io.mcpgateway.broker.router.SessionOutcome;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.url.Chosen;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Asks the router about a call that nobody makes, with a session that does not exist. Nothing is sent, stored, counted or
 * logged. What it tells has no credential: of the headers, only those that policies and servers are told.
 */
public final class CallRehearsal {
    /** As far as they do not depend on the session, which is none here. */
    private static final List<String> TOLD = List.of(
            GatewayHeaders.METHOD,
            GatewayHeaders.SERVER_NAME,
            GatewayHeaders.TOOL_NAME,
            GatewayHeaders.PROMPT_NAME,
            GatewayHeaders.RESOURCE_URI,
            GatewayHeaders.ANNOTATION_HINTS,
            GatewayHeaders.CLIENT_FEATURES,
            GatewayHeaders.UPSTREAM_AUTHORIZATION,
            GatewayHeaders.PATH);

    private static final int SHOWN_ANSWER = 2000;
    private static final String SESSION = "rehearsal";
    private static final int NANOS_PER_MICRO = 1000;

    private final SnapshotCell snapshots;
    private final Router router;

    public CallRehearsal(SnapshotCell snapshots, Router router) {
        this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
        this.router = Objects.requireNonNull(router, "router");
    }

    /**
     * The decision.
     *
     * @param allowed to the caller
     */
    public RoutedCall of(RoutedCall.Question question, Authorization allowed) {
        RouteTable table = snapshots.get().table();
        RequestHead head = head(question);
        Chosen url = table.urls().find(head.authority(), head.pathOnly()).chosen();
        RouterFacts facts = new RouterFacts(
                CallerBinding.ANONYMOUS,
                new SessionVerdict.Valid(session(question, url)),
                new RouterTokenVerdict.Absent(),
                allowed,
                table);
        RawJson body = body(question);
        long start = System.nanoTime();
        RouteDecision.Complete decision = decide(head, body, facts);
        long micros = (System.nanoTime() - start) / NANOS_PER_MICRO;
        Told told = new Told(era(question.protocolVersion()), url, micros);
        return switch (decision) {
            case RouteDecision.Forward forward -> told.sent(RoutedCall.FORWARDED, forward.server(), forward.edits());
            case RouteDecision.Bridge bridge -> told.sent(RoutedCall.BRIDGED, bridge.server(), bridge.edits());
            case RouteDecision.ToBroker broker -> told.answered(broker.edits());
            case RouteDecision.Reject reject ->
                told.refused(new RoutedCall.Answer(
                        reject.answer().status(),
                        JsonText.excerpt(reject.answer().body().toString(), SHOWN_ANSWER)));
            case RouteDecision.InitializeServer _ ->
                throw new IllegalStateException("a call without a router token opened a session");
        };
    }

    private RouteDecision.Complete decide(RequestHead head, RawJson body, RouterFacts facts) {
        return switch (router.decide(head, body, facts)) {
            case RouteDecision.Complete complete -> complete;
            case RouteDecision.CallServer call ->
                router.complete(
                        call,
                        new SessionOutcome.Ready(new ServerSession(
                                Optional.empty(), call.session().protocolVersion())));
            case RouteDecision.AnswerServerRequest answer -> router.completeReply(answer, Optional.empty());
            case RouteDecision.Recorded recorded -> recorded.decision();
        };
    }

    private RequestHead head(RoutedCall.Question question) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put(StandardHeaders.CONTENT_TYPE, List.of(MediaTypes.JSON));
        headers.put(StandardHeaders.ACCEPT, List.of(MediaTypes.JSON_OR_EVENT_STREAM));
        headers.put(McpHeaders.PROTOCOL_VERSION, List.of(question.protocolVersion()));
        question.virtualServer().ifPresent(name -> headers.put(GatewayHeaders.VIRTUAL_SERVER, List.of(name)));
        if (ProtocolVersions.modern(question.protocolVersion())) {
            headers.put(McpHeaders.METHOD, List.of(question.method()));
            headers.put(McpHeaders.NAME, List.of(HeaderText.encode(question.name())));
        } else {
            headers.put(McpHeaders.SESSION_ID, List.of(SESSION));
        }
        URI url = URI.create(question.url().orElse(BrokerLaunch.MCP_PATH));
        return new RequestHead(
                "POST",
                Objects.requireNonNullElse(url.getRawAuthority(), router.publicHost()),
                Objects.requireNonNullElse(url.getRawPath(), ""),
                RequestHeaders.of(headers));
    }

    private static RawJson body(RoutedCall.Question question) {
        String member = question.method().equals(McpMethod.RESOURCES_READ.wireName()) ? "uri" : "name";
        String meta = ProtocolVersions.modern(question.protocolVersion())
                ? ",\"_meta\":{%s:%s,%s:{}}"
                        .formatted(
                                JsonText.quote(McpMeta.PROTOCOL_VERSION),
                                JsonText.quote(question.protocolVersion()),
                                JsonText.quote(McpMeta.CLIENT_CAPABILITIES))
                : "";
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":%s,\"params\":{\"%s\":%s%s}}"
                .formatted(JsonText.quote(question.method()), member, JsonText.quote(question.name()), meta));
    }

    private static GatewaySession session(RoutedCall.Question question, Chosen url) {
        return new GatewaySession(
                new GatewaySessionId(SESSION),
                Instant.MAX,
                CallerBinding.ANONYMOUS,
                url,
                question.virtualServer(),
                question.protocolVersion(),
                ClientFeatures.NONE);
    }

    private static Era era(String protocolVersion) {
        return ProtocolVersions.modern(protocolVersion)
                ? new Era.Modern(protocolVersion)
                : new Era.Legacy(protocolVersion);
    }

    /** What is said of every decision. */
    private record Told(Era client, Chosen url, long micros) {
        RoutedCall sent(String decision, ServerRoute server, HeaderEdits edits) {
            Map<String, String> headers = headers(edits);
            return new RoutedCall(
                    decision,
                    server.name().value(),
                    ownName(headers),
                    url.path(),
                    server.hostname(),
                    server.eras().towards(client).protocolVersion(),
                    server.eras().versions(),
                    headers,
                    Optional.empty(),
                    micros);
        }

        RoutedCall answered(HeaderEdits edits) {
            Map<String, String> headers = headers(edits);
            return new RoutedCall(
                    RoutedCall.ANSWERED,
                    BrokerLaunch.SERVER_NAME,
                    ownName(headers),
                    url.path(),
                    "",
                    "",
                    List.of(),
                    headers,
                    Optional.empty(),
                    micros);
        }

        RoutedCall refused(RoutedCall.Answer answer) {
            return new RoutedCall(
                    RoutedCall.REFUSED, "", "", url.path(), "", "", List.of(), Map.of(), Optional.of(answer), micros);
        }

        private static Map<String, String> headers(HeaderEdits edits) {
            Map<String, String> told = new TreeMap<>(edits.set());
            told.keySet().retainAll(TOLD);
            return told;
        }

        private static String ownName(Map<String, String> headers) {
            return List.of(GatewayHeaders.TOOL_NAME, GatewayHeaders.PROMPT_NAME, GatewayHeaders.RESOURCE_URI).stream()
                    .flatMap(name -> Optional.ofNullable(headers.get(name)).stream())
                    .findFirst()
                    .orElse("");
        }
    }
}
