package io.mcpgateway.broker.telemetry;

import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.function.IntSupplier;

/** The metrics of calls between the eras, with the same rules as {@link GatewayMetrics}, which removes them, too. */
public final class BridgeMetrics {
    private static final String OUTCOME = "outcome";

    private record Called(Hop hop, BridgedOutcome outcome) {}

    private record Opened(String server, String outcome) {}

    private record Closed(String server, PooledClosing reason) {}

    private final MeterRegistry registry;
    private final MeterFamily<Called, Counter> calls;
    private final MeterFamily<BridgedOutcome, Counter> waits;
    private final MeterFamily<Opened, Counter> opened;
    private final MeterFamily<Closed, Counter> closed;

    public BridgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.calls = new MeterFamily<>(registry, BridgeMetrics::calls);
        this.waits = new MeterFamily<>(registry, BridgeMetrics::waits);
        this.opened = new MeterFamily<>(registry, BridgeMetrics::opened);
        this.closed = new MeterFamily<>(registry, BridgeMetrics::closed);
    }

    /**
     * Between whom a call is made.
     *
     * @param server its name
     * @param clientVersion the revision that the client speaks
     * @param serverVersion the one that the server is spoken to in
     */
    public record Hop(String server, String clientVersion, String serverVersion) {
        public Hop {
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(clientVersion, "clientVersion");
            Objects.requireNonNull(serverVersion, "serverVersion");
        }

        private String direction() {
            return ProtocolVersions.MODERN.contains(serverVersion) ? "to_modern" : "to_legacy";
        }
    }

    /** One call has ended, all its rounds together. */
    public void called(Hop hop, BridgedOutcome outcome) {
        calls.of(new Called(hop, outcome)).increment();
    }

    private static Counter calls(Called called, MeterRegistry registry) {
        return Counter.builder("mcp_broker_bridged_calls")
                .description("Calls between the eras by how they ended")
                .tags(
                        "direction",
                        called.hop().direction(),
                        GatewayMetrics.SERVER,
                        called.hop().server(),
                        "protocol_version",
                        called.hop().clientVersion(),
                        "server_protocol_version",
                        called.hop().serverVersion(),
                        OUTCOME,
                        called.outcome().label())
                .register(registry);
    }

    /** One wait for a client has ended, or could not begin. */
    public void waited(BridgedOutcome outcome) {
        waits.of(outcome).increment();
    }

    private static Counter waits(BridgedOutcome outcome, MeterRegistry registry) {
        return Counter.builder("mcp_broker_parked_calls_ended")
                .description("Waits of parked calls for their clients by how they ended")
                .tags(OUTCOME, outcome.label())
                .register(registry);
    }

    /** A session of the pool was opened; the outcome is {@code success}, {@code failure} or {@code refused}. */
    public void sessionOpened(String server, String outcome) {
        opened.of(new Opened(server, outcome)).increment();
    }

    private static Counter opened(Opened session, MeterRegistry registry) {
        return Counter.builder("mcp_broker_pooled_sessions_opened")
                .description("Sessions opened at legacy servers for clients that have none")
                .tags(GatewayMetrics.SERVER, session.server(), OUTCOME, session.outcome())
                .register(registry);
    }

    /** A session of the pool was closed. */
    public void sessionClosed(String server, PooledClosing reason) {
        closed.of(new Closed(server, reason)).increment();
    }

    private static Counter closed(Closed session, MeterRegistry registry) {
        return Counter.builder("mcp_broker_pooled_sessions_closed")
                .description("Sessions closed at legacy servers by the reason")
                .tags(
                        GatewayMetrics.SERVER,
                        session.server(),
                        "reason",
                        session.reason().label())
                .register(registry);
    }

    /** What there is now: asked whenever the metrics are read. */
    public void watch(IntSupplier parkedCalls, IntSupplier pooledSessions) {
        Gauge.builder("mcp_broker_parked_calls", parkedCalls, IntSupplier::getAsInt)
                .description("Calls that wait for their clients now")
                .strongReference(true)
                .register(registry);
        Gauge.builder("mcp_broker_pooled_sessions", pooledSessions, IntSupplier::getAsInt)
                .description("Sessions at legacy servers that are kept now for clients that have none")
                .strongReference(true)
                .register(registry);
    }
}
