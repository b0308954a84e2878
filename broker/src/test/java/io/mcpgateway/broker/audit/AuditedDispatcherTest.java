package io.mcpgateway.broker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.dispatch.LimitedDispatcher;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.dispatch.SnapshotDispatcher;
import io.mcpgateway.broker.dispatch.UsedTokens;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.limits.CallLimits;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.router.SessionOutcome;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.snapshot.RoutedSnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditedDispatcherTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-12-01T02:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final ServerRoute SERVER = new ServerRoute(
            new ServerName("ns/one"), "one.mcp.local", "/mcp", URI.create("http://one.ns.svc:9090/mcp"));

    private final SessionTokens tokens = SessionTokens.withKey(KEY);
    private final SnapshotCell snapshots = new SnapshotCell();
    private final AtomicInteger obtained = new AtomicInteger();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean takesLines = new AtomicBoolean(true);
    private final AuditLines log = new AuditLines() {
        @Override
        public void add(String line) {
            lines.add(line);
        }

        @Override
        public boolean write(String line) {
            return takesLines.get() && lines.add(line);
        }
    };
    private final CallsUnderWay underWay = new CallsUnderWay(new CallLimits(2, 2));
    private final SnapshotDispatcher inner = new SnapshotDispatcher(new SnapshotDispatcher.Parts(
            snapshots,
            new Router("mcp.example.com", 1 << 20, ServerRequestIds.withKey(KEY)),
            tokens,
            RouterTokens.withKey(KEY),
            new UsedTokens(2),
            new TrustedHeaders(new AuthorizationSettings(Optional.empty(), false, false)),
            new InMemorySessionStore(100, CLOCK),
            _ -> obtain(),
            new SessionDoubts(100),
            new GatewayMetrics(new SimpleMeterRegistry()),
            RequestStates.withKey(KEY),
            CLOCK));
    private final AuditedDispatcher dispatcher = audited(LimitedDispatcher.Span.DECISION, false);
    private final String token = tokens.issue(
            new GatewaySession(
                    new GatewaySessionId("jti-1"),
                    NOW.plusSeconds(3600),
                    CallerBinding.ANONYMOUS,
                    Optional.empty(),
                    "2025-06-18",
                    ClientFeatures.NONE),
            NOW);

    private AuditedDispatcher audited(LimitedDispatcher.Span span, boolean blocking) {
        return new AuditedDispatcher(
                new LimitedDispatcher(inner, underWay, span, new GatewayMetrics(new SimpleMeterRegistry())),
                new AuditedDispatcher.Audit(AuditReader.withKey(KEY, false), tokens, snapshots, CLOCK, log, blocking));
    }

    /** Servers that answer, refuse, or show a bug of ours. */
    private SessionOutcome obtain() {
        return switch (obtained.incrementAndGet() % 3) {
            case 0 -> new SessionOutcome.Ready(new ServerSession(Optional.of("s"), "2025-06-18"));
            case 1 -> new SessionOutcome.Failed(502, "server ns/one: connection refused");
            default -> throw new IllegalStateException("a bug");
        };
    }

    @BeforeEach
    void serveOneTool() {
        RouteTable table = RouteTable.of(
                RoutesServed.of(Map.of(
                        CapabilityKind.TOOL,
                        Map.of(
                                "p1_greet",
                                new CapabilityRoute(CapabilityKind.TOOL, SERVER, "greet", ToolHints.UNSPECIFIED)))),
                List.of(SERVER),
                List.of());
        snapshots.update(_ -> RoutedSnapshot.of(table));
    }

    @Test
    void everyCallHasOneLineWhateverBecomesOfIt() {
        int rounds = 200;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < rounds; round++) {
                callers.execute(() -> call(head(token), legacy("p1_greet")));
                callers.execute(() -> call(head(token), legacy("nobody")));
                callers.execute(() -> call(head("stolen.or.wrong"), legacy("p1_greet")));
                callers.execute(() -> call(modernHead(), modern("nobody")));
                callers.execute(() -> call(head(token), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"));
            }
        }

        assertThat(lines).hasSize(4 * rounds);
        assertThat(lines.stream().filter(line -> line.contains("\"era\":\"modern\"")))
                .hasSize(rounds);
        assertThat(lines).anyMatch(line -> line.contains("\"decision\":\"forwarded\""));
        assertThat(lines).anyMatch(line -> line.contains("\"decision\":\"failed\""));
        assertThat(lines).anyMatch(line -> line.contains("\"status\":502"));
    }

    @Test
    void aCallThatTheAdapterCannotFinishHasALineWithItsServer() {
        RouteDecision decision = dispatcher.begin(head(token), RawJson.of(legacy("p1_greet")));
        assertThat(lines).isEmpty();

        dispatcher.abandoned((RouteDecision.Pending) decision, 503);

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "\"decision\":\"refused\"",
                                "\"status\":503",
                                "\"server\":\"ns/one\"",
                                "\"ownName\":\"greet\""));
    }

    @Test
    void noLineHasACredentialOrAnArgument() {
        call(head(token), legacy("p1_greet"));

        assertThat(lines).singleElement().satisfies(line -> assertThat(line).doesNotContain(token, "jti-1", "Ada"));
    }

    @Test
    void aCallWhoseLineCannotBeWrittenIsNotMadeAndCountsNowhere() {
        AuditedDispatcher blocking = audited(LimitedDispatcher.Span.WHOLE_CALL, true);
        obtained.set(2); // the next session is there
        takesLines.set(false);
        for (int round = 0; round < 5; round++) {
            RouteDecision begun = blocking.begin(head(token), RawJson.of(legacy("p1_greet")));
            assertThat(begun).isInstanceOf(RouteDecision.Pending.class);

            assertThat(blocking.finish((RouteDecision.Pending) begun))
                    .isInstanceOfSatisfying(RouteDecision.Reject.class, refused -> {
                        assertThat(refused.answer().status()).isEqualTo(503);
                        assertThat(refused.answer().body().toString())
                                .contains("\"id\":1", "-32003", "audit log", "was not made");
                    });
            obtained.set(2);
        }
        assertThat(lines).isEmpty();

        takesLines.set(true);
        RouteDecision begun = blocking.begin(head(token), RawJson.of(legacy("p1_greet")));
        assertThat(blocking.finish((RouteDecision.Pending) begun)).isInstanceOf(RouteDecision.Forward.class);
        assertThat(lines).singleElement().asString().contains("\"decision\":\"forwarded\"");
    }

    @Test
    void whatIsDecidedAtOnceWaitsForItsLineOutsideOfTheEventLoop() {
        AuditedDispatcher blocking = audited(LimitedDispatcher.Span.DECISION, true);

        RouteDecision begun = blocking.begin(modernHead(), RawJson.of(modern("nobody")));
        assertThat(begun).isInstanceOf(RouteDecision.Recorded.class);
        assertThat(lines).isEmpty();
        RouteDecision.Complete refused = blocking.finish((RouteDecision.Pending) begun);

        assertThat(refused).isInstanceOf(RouteDecision.Reject.class);
        assertThat(lines).singleElement().asString().contains("\"decision\":\"refused\"");
        assertThat(blocking.begin(head(token), RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")))
                .as("what is no call")
                .isInstanceOf(RouteDecision.ToBroker.class);
    }

    private void call(RequestHead head, String body) {
        try {
            if (dispatcher.begin(head, RawJson.of(body)) instanceof RouteDecision.Pending pending) {
                dispatcher.finish(pending);
            }
        } catch (IllegalStateException bug) {
            assertThat(bug).hasMessage("a bug");
        }
    }

    private static String legacy(String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":{\"name\":\"Ada\"}}}";
    }

    private static String modern(String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    }

    private static RequestHead head(String token) {
        return new RequestHead(
                "POST",
                "mcp.example.com",
                "/mcp",
                RequestHeaders.of(
                        Map.of("content-type", List.of("application/json"), "mcp-session-id", List.of(token))));
    }

    private static RequestHead modernHead() {
        return new RequestHead(
                "POST",
                "mcp.example.com",
                "/mcp",
                RequestHeaders.of(Map.of(
                        "content-type", List.of("application/json"),
                        "mcp-protocol-version", List.of("2026-07-28"),
                        "mcp-method", List.of("tools/call"),
                        "mcp-name", List.of("nobody"))));
    }
}
