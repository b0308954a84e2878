package io.mcpgateway.broker.telemetry;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

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

    /** The upper ends of the buckets of every duration. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> servedTools = new ConcurrentHashMap<>();
    private final AtomicInteger sessionStore = new AtomicInteger();

    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * One decision of the router that lets a request go on.
     *
     * @param server its target
     * @param revision of the client, see {@link ClientRevision}
     */
    public void routed(String decision, String server, String revision) {
        decided(decision, server, "none", revision);
    }

    /** One refusal of the router: {@code reason} comes from a bounded set, see {@link RefusalReason}. */
    public void refused(RefusalReason reason, String revision) {
        decided("reject", NO_SERVER, reason.label(), revision);
    }

    private void decided(String decision, String server, String reason, String revision) {
        Counter.builder("mcp_router_decisions")
                .description("Requests by what the router decided, and why it refused")
                .tags("decision", decision, SERVER, server, "reason", reason, "protocol_version", revision)
                .register(registry)
                .increment();
    }

    /** One server initialize: {@code outcome} is {@code success} or {@code failure}. */
    public void serverSessionOpened(String server, String outcome, Duration took) {
        Timer.builder("mcp_router_backend_initialize")
                .description("Time to open a client's session at a server")
                .serviceLevelObjectives(BUCKETS)
                .tags(SERVER, server, "outcome", outcome)
                .register(registry)
                .record(took);
    }

    /** One pass of discovery. */
    public void discovered(String server, String outcome, Duration took) {
        Counter.builder("mcp_broker_discovery")
                .description("Attempts to get a server's lists")
                .tags(SERVER, server, "status", outcome)
                .register(registry)
                .increment();
        Timer.builder("mcp_broker_discovery_duration")
                .description("Time to get a server's lists")
                .serviceLevelObjectives(BUCKETS)
                .tags(SERVER, server)
                .register(registry)
                .record(took);
    }

    /** How many tools of a server are served now. */
    public void toolsServed(String server, int count) {
        servedTools.computeIfAbsent(server, this::toolGauge).set(count);
    }

    private AtomicInteger toolGauge(String server) {
        AtomicInteger tools = new AtomicInteger();
        Gauge.builder("mcp_broker_tools_discovered", tools, AtomicInteger::get)
                .description("Tools of a server that are served now")
                .tags(SERVER, server)
                .register(registry);
        return tools;
    }

    /**
     * Removes every series of servers other than these. A call in progress may bring one back; the next change
     * of the configuration removes it again.
     */
    public void keepServers(Set<String> servers) {
        servedTools.keySet().retainAll(servers);
        registry.getMeters().stream()
                .filter(meter -> {
                    String server = meter.getId().getTag(SERVER);
                    return server != null && !servers.contains(server) && !NO_SERVERS.contains(server);
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
        Counter.builder("mcp_broker_requests")
                .description("Messages that the broker itself answered")
                .tags(
                        "method",
                        method,
                        "protocol_version",
                        protocolVersion,
                        "outcome",
                        status < 300 ? "answered" : "http_" + status)
                .register(registry)
                .increment();
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

    /** Whether the shared session store can be reached: a gauge that only exists with such a store. */
    public void sessionStoreReachable(boolean reachable) {
        Gauge.builder("mcp_session_store_reachable", sessionStore, AtomicInteger::get)
                .description("1 while the shared session store answers, else 0")
                .register(registry);
        sessionStore.set(reachable ? 1 : 0);
        if (!reachable) {
            Counter.builder("mcp_session_store_losses")
                    .description("Times that the shared session store was lost")
                    .register(registry)
                    .increment();
        }
    }

    /** One (re)load of the configuration: {@code outcome} is {@code applied} or {@code refused}. */
    public void configLoaded(String outcome) {
        Counter.builder("mcp_broker_config_loads")
                .description("Configurations that were applied or refused")
                .tags("outcome", outcome)
                .register(registry)
                .increment();
    }
}
