package io.mcpgateway.broker.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** What is true of every server now, read whenever the metrics are. */
final class ServerGauges {
    private final MeterRegistry registry;
    private final Map<String, AtomicReference<Serving>> servers = new ConcurrentHashMap<>();

    ServerGauges(MeterRegistry registry) {
        this.registry = registry;
        for (SeenEra era : SeenEra.values()) {
            Gauge.builder("mcp_broker_servers", servers, known -> count(known, era))
                    .description("Servers of the configuration by the eras of MCP that they were seen to speak")
                    .tags("era", era.label())
                    .register(registry);
        }
    }

    void show(String server, Serving serving) {
        AtomicReference<Serving> known = servers.get(server);
        if (known == null) {
            AtomicReference<Serving> fresh = new AtomicReference<>(serving);
            servers.put(server, fresh);
            register(server, fresh);
        } else {
            known.set(serving);
        }
    }

    void keep(Set<String> names) {
        servers.keySet().retainAll(names);
    }

    private void register(String server, AtomicReference<Serving> serving) {
        gauge("mcp_broker_tools_discovered", "Tools of a server that are served now", server, serving, Serving::tools);
        gauge(
                "mcp_broker_server_ready",
                "1 while a server is served, else 0; status says why",
                server,
                serving,
                now -> now.ready() ? 1 : 0);
        gauge(
                "mcp_broker_name_conflicts",
                "Names of a server that are not served because another server uses them",
                server,
                serving,
                Serving::conflicts);
        gauge(
                "mcp_broker_invalid_definitions",
                "Tools and other definitions of a server that are left out because they are invalid",
                server,
                serving,
                Serving::invalid);
        gauge(
                "mcp_broker_tools_unapproved",
                "Pinned tools of a server whose definitions nobody has approved",
                server,
                serving,
                Serving::unapproved);
        gauge(
                "mcp_broker_tools_quarantined",
                "Pinned tools of a server that are neither listed nor callable until they are approved",
                server,
                serving,
                Serving::quarantined);
        gauge(
                "mcp_broker_server_credential_refused",
                "1 while a server refuses the gateway's credential, else 0",
                server,
                serving,
                now -> now.credentialRefused() ? 1 : 0);
    }

    private void gauge(
            String name,
            String description,
            String server,
            AtomicReference<Serving> serving,
            ToDoubleFunction<Serving> value) {
        Gauge.builder(name, serving, now -> value.applyAsDouble(now.get()))
                .description(description)
                .tags(GatewayMetrics.SERVER, server)
                .register(registry);
    }

    private static double count(Map<String, AtomicReference<Serving>> servers, SeenEra era) {
        return servers.values().stream()
                .map(AtomicReference::get)
                .filter(serving -> serving.era() == era)
                .count();
    }
}
