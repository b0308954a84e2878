package io.mcpgateway.broker.telemetry;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every metric of the broker, by name. Labels come from bounded sets only (server names of the configuration, known
 * methods, outcomes), never from client input. What is counted for a server goes when the server leaves the
 * configuration.
 */
public final class GatewayMetrics {
    /** Stands for the server of a request that goes to none. */
    public static final String NO_SERVER = "none";

    /** Stands for the server where it is not known. */
    public static final String UNKNOWN_SERVER = "unknown";

    /** Stands for the revision of a message that none was agreed on for. */
    public static final String NO_VERSION = "none";

    private static final Set<String> NO_SERVERS = Set.of(NO_SERVER, UNKNOWN_SERVER, BrokerLaunch.SERVER_NAME);
    /** The label with the server's name. */
    static final String SERVER = "server_name";

    /** The upper ends of the buckets of every exchange with a server. */
    private static final Duration[] BUCKETS = buckets(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);
    /** Of what takes microseconds here; the rest is waiting, for a processor, the session store or a server. */
    private static final Duration[] OWN_BUCKETS = Stream.of(
                    50, 100, 250, 500, 1_000, 2_500, 10_000, 50_000, 250_000, 1_000_000, 5_000_000)
            .map(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);

    private record Decided(String decision, String server, String reason, String revision) {}

    private record Failed(String server, ServerFailure failure) {}

    private record Served(String server, String outcome) {}

    private record Answered(String method, String protocolVersion, int status) {}

    private final MeterRegistry registry;
    private final MeterFamily<Decided, Counter> decisions;
    private final MeterFamily<Failed, Counter> failures;
    private final MeterFamily<Served, Timer> sessionsAtServers;
    private final MeterFamily<Served, Counter> discoveries;
    private final MeterFamily<String, Timer> discoveryTimes;
    private final MeterFamily<Answered, Counter> answers;
    private final MeterFamily<String, Timer> answerTimes;
    private final MeterFamily<String, Counter> sessions;
    private final Timer decisionTime;
    private final ServerGauges servers;
    private final ConfigMetrics config;
    private final AtomicInteger sessionStore = new AtomicInteger();

    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.decisions = new MeterFamily<>(registry, GatewayMetrics::decisions);
        this.failures = new MeterFamily<>(registry, GatewayMetrics::failures);
        this.sessionsAtServers = new MeterFamily<>(registry, GatewayMetrics::sessionsAtServers);
        this.discoveries = new MeterFamily<>(registry, GatewayMetrics::discoveries);
        this.discoveryTimes = new MeterFamily<>(registry, GatewayMetrics::discoveryTimes);
        this.answers = new MeterFamily<>(registry, GatewayMetrics::answers);
        this.answerTimes = new MeterFamily<>(registry, GatewayMetrics::answerTimes);
        this.sessions = new MeterFamily<>(registry, GatewayMetrics::sessions);
        this.decisionTime = Timer.builder("mcp_router_decision_duration")
                .description("Time to decide on a request, without the wait for a new session at its server")
                .serviceLevelObjectives(OWN_BUCKETS)
                .register(registry);
        this.servers = new ServerGauges(registry);
        this.config = new ConfigMetrics(registry);
    }

    /**
     * One decision of the router that lets a request go on.
     *
     * @param server its target
     * @param revision of the client, see {@link ClientRevision}
     */
    public void routed(String decision, String server, String revision) {
        decisions.of(new Decided(decision, server, "none", revision)).increment();
    }

    /** One refusal of the router: {@code reason} comes from a bounded set, see {@link RefusalReason}. */
    public void refused(RefusalReason reason, String revision) {
        decisions.of(new Decided("reject", NO_SERVER, reason.label(), revision)).increment();
    }

    private static Counter decisions(Decided decided, MeterRegistry registry) {
        return Counter.builder("mcp_router_decisions")
                .description("Requests by what the router decided, and why it refused")
                .tags(
                        "decision",
                        decided.decision(),
                        SERVER,
                        decided.server(),
                        "reason",
                        decided.reason(),
                        "protocol_version",
                        decided.revision())
                .register(registry);
    }

    /** How long the router thought about one request. */
    public void decided(long nanos) {
        decisionTime.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** One call that its server failed. */
    public void serverFailed(String server, ServerFailure failure) {
        failures.of(new Failed(server, failure)).increment();
    }

    private static Counter failures(Failed failed, MeterRegistry registry) {
        return Counter.builder("mcp_router_server_failures")
                .description("Calls that a server failed, by how, as far as the router sees its answers")
                .tags(SERVER, failed.server(), "reason", failed.failure().label())
                .register(registry);
    }

    /** One server initialize: {@code outcome} is {@code success} or {@code failure}. */
    public void serverSessionOpened(String server, String outcome, Duration took) {
        sessionsAtServers.of(new Served(server, outcome)).record(took);
    }

    private static Timer sessionsAtServers(Served opened, MeterRegistry registry) {
        return Timer.builder("mcp_router_backend_initialize")
                .description("Time to open a client's session at a server")
                .serviceLevelObjectives(BUCKETS)
                .tags(SERVER, opened.server(), "outcome", opened.outcome())
                .register(registry);
    }

    /** One pass of discovery. */
    public void discovered(String server, String outcome, Duration took) {
        discoveries.of(new Served(server, outcome)).increment();
        discoveryTimes.of(server).record(took);
    }

    private static Counter discoveries(Served discovered, MeterRegistry registry) {
        return Counter.builder("mcp_broker_discovery")
                .description("Attempts to get a server's lists")
                .tags(SERVER, discovered.server(), "status", discovered.outcome())
                .register(registry);
    }

    private static Timer discoveryTimes(String server, MeterRegistry registry) {
        return Timer.builder("mcp_broker_discovery_duration")
                .description("Time to get a server's lists")
                .serviceLevelObjectives(BUCKETS)
                .tags(SERVER, server)
                .register(registry);
    }

    /** What is served of a server now. */
    public void served(String server, Serving serving) {
        servers.show(server, serving);
    }

    /**
     * Removes every series of servers other than these. A call in progress may bring one back; the next change
     * of the configuration removes it again.
     */
    public void keepServers(Set<String> kept) {
        this.servers.keep(kept);
        registry.getMeters().stream()
                .filter(meter -> {
                    String server = meter.getId().getTag(SERVER);
                    return server != null && !kept.contains(server) && !NO_SERVERS.contains(server);
                })
                .forEach(registry::remove);
    }

    /**
     * One message answered by the broker.
     *
     * @param method a known MCP method, or {@code other}
     * @param protocolVersion a revision that the gateway speaks, or {@link #NO_VERSION}
     * @param status of the HTTP response
     */
    public void answered(String method, String protocolVersion, int status) {
        answers.of(new Answered(method, protocolVersion, status)).increment();
    }

    private static Counter answers(Answered answered, MeterRegistry registry) {
        return Counter.builder("mcp_broker_requests")
                .description("Messages that the broker itself answered")
                .tags(
                        "method",
                        answered.method(),
                        "protocol_version",
                        answered.protocolVersion(),
                        "outcome",
                        answered.status() < 300 ? "answered" : "http_" + answered.status())
                .register(registry);
    }

    /** How long the broker took to have a whole answer to a message. */
    public void answerTook(String method, long nanos) {
        answerTimes.of(method).record(nanos, TimeUnit.NANOSECONDS);
    }

    private static Timer answerTimes(String method, MeterRegistry registry) {
        return Timer.builder("mcp_broker_request_duration")
                .description("Time until the broker itself had an answer, streams not included")
                .serviceLevelObjectives(OWN_BUCKETS)
                .tags("method", method)
                .register(registry);
    }

    /** How many sessions this process keeps something for: only told without a shared store. */
    public void watchSessions(IntSupplier kept) {
        watched("mcp_broker_sessions_kept", "Sessions that have used a server, in this replica's memory", kept);
    }

    /** How many streams of clients are open now. */
    public void watchStreams(IntSupplier open) {
        watched("mcp_broker_client_streams", "Streams that clients keep open at this replica for notifications", open);
    }

    private void watched(String name, String description, IntSupplier now) {
        Gauge.builder(name, now, IntSupplier::getAsInt)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** A client has begun a session with the gateway. */
    public void sessionStarted(String protocolVersion) {
        sessions.of(protocolVersion).increment();
    }

    private static Counter sessions(String protocolVersion, MeterRegistry registry) {
        return Counter.builder("mcp_broker_sessions_started")
                .description("Sessions that clients began at this replica, by the revision that was agreed on")
                .tags("protocol_version", protocolVersion)
                .register(registry);
    }

    /** How a search for tools ends. */
    public enum SearchOutcome {
        FOUND,
        NOTHING,
        INVALID
    }

    /** One call of {@code find_tools}. */
    public void toolsSearched(SearchOutcome outcome) {
        Counter.builder("mcp_broker_tool_searches")
                .description("Searches for tools with find_tools")
                .tags("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    /** Whether the shared session store can be reached: metrics that only exist with such a store. */
    public void sessionStoreReachable(boolean reachable) {
        Gauge.builder("mcp_session_store_reachable", sessionStore, AtomicInteger::get)
                .description("1 while the shared session store answers, else 0")
                .register(registry);
        sessionStore.set(reachable ? 1 : 0);
        Counter.builder("mcp_session_store_losses")
                .description("Times that the shared session store was lost")
                .register(registry)
                .increment(reachable ? 0 : 1);
    }

    /** A configuration is in force. */
    public void configApplied(String hash) {
        config.applied(hash);
    }

    /** The newest configuration is the one that runs already, perhaps after one that was refused. */
    public void configUnchanged() {
        config.unchanged();
    }

    /** A configuration was refused, and the one before it still runs. */
    public void configRefused() {
        config.refused();
    }

    private static Duration[] buckets(int... millis) {
        return IntStream.of(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
