package io.mcpgateway.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.limits.CallLimits;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LimitedDispatcherTest {
    private static final ServerRoute SERVER = new ServerRoute(
            new ServerName("ns/one"), "one.mcp.local", "/mcp", URI.create("http://one.ns.svc:9090/mcp"));
    private static final GatewaySessionId SESSION = new GatewaySessionId("jti-1");
    private static final RequestHead HEAD = new RequestHead("POST", "mcp.example.com", "/mcp", RequestHeaders.EMPTY);
    private static final RawJson CALL =
            RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"one_greet\"}}");
    private static final RawJson CANCELLED =
            RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}");
    private static final RouteDecision.Forward FORWARD = new RouteDecision.Forward(
            SERVER,
            HeaderEdits.NONE,
            Optional.empty(),
            new CallMetadata.InSession(
                    "token", SESSION, SERVER.key(), new ServerSession(Optional.of("b"), "2025-06-18")));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GatewayMetrics metrics = new GatewayMetrics(registry);
    private final CallsUnderWay calls = new CallsUnderWay(new CallLimits(1, 0));

    @Test
    void aWholeCallCountsUntilItEnded() {
        LimitedDispatcher dispatcher = dispatcher(() -> FORWARD, LimitedDispatcher.Span.WHOLE_CALL);

        assertThat(dispatcher.begin(HEAD, CALL)).isEqualTo(FORWARD);
        assertRefused(dispatcher.begin(HEAD, CALL));
        assertThat(dispatcher.begin(HEAD, CANCELLED)).isEqualTo(FORWARD);

        assertThat(registry.get("mcp_router_decisions")
                        .tags("decision", "reject", "reason", "too_many")
                        .counter()
                        .count())
                .isEqualTo(1);

        dispatcher.ended(FORWARD.metadata());
        dispatcher.ended(FORWARD.metadata());
        assertNothingCounts();
        assertThat(dispatcher.begin(HEAD, CALL)).isEqualTo(FORWARD);
    }

    /** A modern client has no session that could be limited. */
    @Test
    void aCallOutsideOfSessionsCountsForItsServer() {
        RouteDecision.Forward forward = new RouteDecision.Forward(
                SERVER,
                HeaderEdits.NONE,
                Optional.empty(),
                new CallMetadata.Sessionless(
                        SERVER.key(), new Era.Modern("2026-07-28"), Optional.of(new JsonRpcId("7"))));
        CallsUnderWay two = new CallsUnderWay(new CallLimits(1, 2));
        LimitedDispatcher dispatcher =
                new LimitedDispatcher(new Decided(() -> forward), two, LimitedDispatcher.Span.WHOLE_CALL, metrics);

        assertThat(dispatcher.begin(HEAD, CALL)).isEqualTo(forward);
        assertThat(dispatcher.begin(HEAD, CALL)).isEqualTo(forward);
        assertThat(dispatcher.begin(HEAD, CALL))
                .isInstanceOfSatisfying(
                        RouteDecision.Reject.class,
                        reject -> assertThat(reject.answer().body().toString())
                                .contains(
                                        "\"id\":7,\"error\":{\"code\":-32603,",
                                        "for server \\\"ns/one\\\": the limit is 2"));
        assertThat(two.begin(SESSION, SERVER.key(), "ns/one")).isPresent();

        dispatcher.ended(forward.metadata());
        assertThat(two.begin(SESSION, SERVER.key(), "ns/one")).isEmpty();
    }

    @Test
    void aWholeCallThatWaitedForItsSessionCountsOn() {
        LimitedDispatcher dispatcher = dispatcher(() -> FORWARD, LimitedDispatcher.Span.WHOLE_CALL);

        assertThat(dispatcher.finish(pending())).isEqualTo(FORWARD);
        assertRefused(dispatcher.finish(pending()));
        dispatcher.ended(FORWARD.metadata());
        assertNothingCounts();
    }

    @Test
    void behindEnvoyACallCountsWhileItWaitsForItsSession() {
        LimitedDispatcher second = dispatcher(() -> FORWARD, LimitedDispatcher.Span.DECISION);
        LimitedDispatcher first = dispatcher(
                () -> {
                    assertRefused(second.finish(pending()));
                    return FORWARD;
                },
                LimitedDispatcher.Span.DECISION);

        assertThat(first.finish(pending())).isEqualTo(FORWARD);
        assertNothingCounts();
        assertThat(second.begin(HEAD, CALL)).isEqualTo(FORWARD);
        assertNothingCounts();
    }

    @Test
    void aCallWithoutASessionInTheEndDoesNotCount() {
        RouteDecision.Complete failed =
                new RouteDecision.Reject(new Refusal(502, "application/json", RawJson.of("{}")));

        assertThat(dispatcher(() -> failed, LimitedDispatcher.Span.WHOLE_CALL).finish(pending()))
                .isEqualTo(failed);
        assertThatThrownBy(() -> dispatcher(
                                () -> {
                                    throw new IllegalStateException("bug");
                                },
                                LimitedDispatcher.Span.WHOLE_CALL)
                        .finish(pending()))
                .hasMessage("bug");
        assertNothingCounts();
    }

    /** The limit is one: another call would be refused if any counted. */
    private void assertNothingCounts() {
        assertThat(calls.begin(SESSION, SERVER.key(), "s")).isEmpty();
        calls.end(SESSION, SERVER.key());
    }

    private static void assertRefused(RouteDecision decision) {
        assertThat(decision)
                .asInstanceOf(type(RouteDecision.Reject.class))
                .satisfies(reject -> assertThat(reject.answer().status()).isEqualTo(429))
                .satisfies(
                        reject -> assertThat(new String(reject.answer().body().bytes(), StandardCharsets.UTF_8))
                                .contains("\"id\":7", "too many calls in progress in this session: the limit is 1"));
    }

    private LimitedDispatcher dispatcher(Supplier<RouteDecision.Complete> decision, LimitedDispatcher.Span span) {
        return new LimitedDispatcher(new Decided(decision), calls, span, metrics);
    }

    private static RouteDecision.CallServer pending() {
        GatewaySession session = new GatewaySession(
                SESSION,
                Instant.parse("2026-11-24T00:00:00Z"),
                CallerBinding.ANONYMOUS,
                Optional.empty(),
                "2025-06-18",
                ClientFeatures.NONE);
        return new RouteDecision.CallServer(
                HEAD,
                session,
                "token",
                new CapabilityRoute(CapabilityKind.TOOL, SERVER, "greet", ToolHints.UNSPECIFIED),
                new JsonRpcId("7"),
                "tools/call",
                new TextSpan("one_greet", 0, 9),
                CALL);
    }

    /** Decides the same on everything. */
    private record Decided(Supplier<RouteDecision.Complete> decision) implements RequestDispatcher {
        @Override
        public RouteDecision.Complete beginWithoutBody(RequestHead head) {
            return decision.get();
        }

        @Override
        public RouteDecision begin(RequestHead head, RawJson body) {
            return decision.get();
        }

        @Override
        public RouteDecision.Complete finish(RouteDecision.Pending pending) {
            return decision.get();
        }
    }
}
