package io.mcpgateway.broker.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every metric of the broker, by name. Labels come from bounded sets only (server names of the configuration, known
 * methods, outcomes), never from client input.
 */
public final class GatewayMetrics {
    private final MeterRegistry registry;
    private final Map<String, AtomicInteger> servedTools = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> sessionStore = new ConcurrentHashMap<>();

    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** One decision of the router: {@code decision} is its type in lower case, {@code server} its target. */
    public void routed(String decision, String server) {
        registry.counter("mcp_router_decisions", "decision", decision, "server_name", server)
                .increment();
    }

    /** One backend initialize: {@code outcome} is {@code success} or {@code failure}. */
    public void backendInitialized(String server, String outcome, Duration took) {
        Timer.builder("mcp_router_backend_initialize")
                .tags("server_name", server, "outcome", outcome)
                .register(registry)
                .record(took);
    }

    /** One pass of discovery. */
    public void discovered(String server, String outcome, Duration took) {
        registry.counter("mcp_broker_discovery", "server_name", server, "status", outcome)
                .increment();
        Timer.builder("mcp_broker_discovery_duration")
                .tags("server_name", server)
                .register(registry)
                .record(took);
    }

    /** How many tools of a server are served now. */
    public void toolsServed(String server, int count) {
        servedTools
                .computeIfAbsent(
                        server,
                        name -> registry.gauge(
                                "mcp_broker_tools_discovered",
                                io.micrometer.core.instrument.Tags.of("server_name", name),
                                new AtomicInteger()))
                .set(count);
    }

    /** One message answered by the broker: {@code method} must be a known MCP method or {@code other}. */
    public void answered(String method, String outcome) {
        registry.counter("mcp_broker_requests", "method", method, "outcome", outcome)
                .increment();
    }

    /** Whether the shared session store can be asked: a gauge, there only if there is such a store. */
    public void sessionStoreReachable(boolean reachable) {
        sessionStore
                .computeIfAbsent("reachable", _ -> registry.gauge("mcp_session_store_reachable", new AtomicInteger()))
                .set(reachable ? 1 : 0);
        if (!reachable) {
            registry.counter("mcp_session_store_losses").increment();
        }
    }

    /** One (re)load of the configuration: {@code outcome} is {@code applied}, {@code unchanged} or {@code refused}. */
    public void configLoaded(String outcome) {
        registry.counter("mcp_broker_config_loads", "outcome", outcome).increment();
    }
}
