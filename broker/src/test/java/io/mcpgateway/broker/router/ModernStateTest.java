package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionVerdict;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which states of servers pass as they are, and which are opened for the server. */
class ModernStateTest {
    private static final Router ROUTER = new Router("mcp.example.com", 10_000, ServerRequestIds.withKey(new byte[32]));
    private static final RequestStates STATES = RequestStates.withKey(new byte[32]);
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final CallerBinding ALICE = new CallerBinding("alice");
    private static final CallerBinding BOB = new CallerBinding("bob");
    private static final CallAuthorization NONE = new CallAuthorization.None();
    private static final CallAuthorization SHARED = new CallAuthorization.Shared(new Credential("Bearer x"));
    private static final CallAuthorization FORWARD = new CallAuthorization.Forward();
    private static final StateBinding OF_ALICE =
            StateBinding.of(new ServerKey("one"), ALICE, McpMethod.TOOLS_CALL, "alpha");
    private static final String ELICITATION = "{\"elicitation\":{}}";

    @Test
    void whatTheServerGaveGoesBackToItFromTheSameCaller() {
        String sealed = STATES.seal(OF_ALICE, "a \"state\"", NOW.plusSeconds(60));

        for (CallAuthorization authorization : List.of(NONE, SHARED)) {
            assertThat(body(decide(authorization, ALICE, sealed, ELICITATION)))
                    .contains("\"requestState\":\"a \\\"state\\\"\"", "\"name\":\"alpha\"");
            assertThat(body(decide(authorization, ALICE, sealed, "{}"))).contains("a \\\"state\\\"");
        }
    }

    @Test
    void nothingElseGoesToAServerThatCannotTellCallersApart() {
        String sealed = STATES.seal(OF_ALICE, "s", NOW.plusSeconds(60));
        String old = STATES.seal(OF_ALICE, "s", NOW);
        for (String capabilities : List.of(ELICITATION, "{}")) {
            for (RouteDecision decision : List.of(
                    decide(NONE, BOB, sealed, capabilities),
                    decide(SHARED, BOB, sealed, capabilities),
                    decide(NONE, ALICE, old, capabilities),
                    decide(NONE, ALICE, "s", capabilities),
                    decide(NONE, ALICE, "", capabilities))) {
                assertThat(decision).isInstanceOfSatisfying(RouteDecision.Reject.class, reject -> {
                    assertThat(reject.answer().status()).isEqualTo(200);
                    assertThat(reject.answer().body().toString())
                            .contains("\"id\":7,\"error\":{\"code\":-32602,", "requestState");
                });
            }
        }
    }

    @Test
    void whereTheServerSeesWhoCallsTheStateIsItsOwnBusiness() {
        for (RouteDecision decision : List.of(
                decide(FORWARD, ALICE, "s", ELICITATION), decide(NONE, CallerBinding.ANONYMOUS, "s", ELICITATION))) {
            assertThat(body(decision)).contains("\"requestState\":\"s\"");
            assertThat(call(decision).state()).isEmpty();
            assertThat(edits(decision).set()).doesNotContainKey("x-mcp-client-features");
        }
    }

    /** Reading an answer costs a second exchange. */
    @Test
    void anAnswerIsOnlyReadForClientsThatCanBeAsked() {
        String sealed = STATES.seal(OF_ALICE, "s", NOW.plusSeconds(60));

        RouteDecision askable = decide(SHARED, ALICE, sealed, "{\"elicitation\":{},\"roots\":{}}");
        assertThat(call(askable).state()).contains(OF_ALICE);
        assertThat(edits(askable).set()).containsEntry("x-mcp-client-features", "elicitation,roots");
        assertThat(edits(askable).remove()).contains("accept-encoding");

        RouteDecision mute = decide(SHARED, ALICE, sealed, "{\"experimental\":{}}");
        assertThat(call(mute).state()).isEmpty();
        assertThat(edits(mute).set()).doesNotContainKey("x-mcp-client-features");
        assertThat(edits(mute).remove()).doesNotContain("accept-encoding");
    }

    private static CallMetadata.Sessionless call(RouteDecision decision) {
        return (CallMetadata.Sessionless) ((RouteDecision.Forward) decision).metadata();
    }

    private static HeaderEdits edits(RouteDecision decision) {
        return ((RouteDecision.Forward) decision).edits();
    }

    private static String body(RouteDecision decision) {
        assertThat(decision).isInstanceOf(RouteDecision.Forward.class);
        return ((RouteDecision.Forward) decision).body().orElseThrow().toString();
    }

    private static RouteDecision decide(
            CallAuthorization authorization, CallerBinding caller, String state, String capabilities) {
        ServerRoute server = new ServerRoute(
                new ServerName("ns/one"),
                "one.mcp.local",
                "/mcp",
                URI.create("http://one.test/mcp"),
                authorization,
                Optional.empty(),
                AnonymousSessions.PER_CALL,
                ServerEras.modern("2026-07-28"),
                new ServerKey("one"));
        CapabilityRoute alpha = new CapabilityRoute(CapabilityKind.TOOL, server, "alpha", ToolHints.UNSPECIFIED);
        RouteTable table = RouteTable.of(
                RoutesServed.of(Map.of(CapabilityKind.TOOL, Map.of("p_alpha", alpha))), List.of(server), List.of());
        RequestHeaders headers = RequestHeaders.of(Map.of(
                "content-type", List.of("application/json"),
                "accept-encoding", List.of("gzip"),
                "mcp-protocol-version", List.of("2026-07-28"),
                "mcp-method", List.of("tools/call"),
                "mcp-name", List.of("p_alpha")));
        String body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"requestState\":\"" + state
                + "\",\"name\":\"p_alpha\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":" + capabilities + "}}}";
        return ROUTER.decide(
                new RequestHead("POST", "mcp.example.com", "/mcp", headers),
                RawJson.of(body),
                new RouterFacts(
                        caller,
                        new SessionVerdict.Missing(),
                        new RouterTokenVerdict.Absent(),
                        Authorization.EVERYTHING,
                        table,
                        (binding, text) -> STATES.open(binding, text, NOW)));
    }
}
