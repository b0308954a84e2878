package io.mcpgateway.broker.envoyconfig;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.envoy.DnsName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * The files of a standalone Envoy as trees. {@code envoy.yaml} starts it; the other three hold its listener, clusters
 * and routes, and Envoy follows them when they are replaced.
 */
public final class StaticEnvoyConfig {
    /** The result. */
    public sealed interface Result {
        /** Trees by file name, in the order in which they must be written: a destination before its use. */
        record Files(SequencedMap<String, ObjectNode> files) implements Result {
            public Files {
                Objects.requireNonNull(files, "files");
            }
        }

        /** Why there are no files; every problem names its server or setting. */
        record Refused(List<String> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    private static final int MAX_CONNECTIONS = 20_000;
    private static final Duration AFTER_THE_LIMIT = Duration.ofSeconds(5);

    private StaticEnvoyConfig() {}

    public static Result of(BrokerConfig config, EnvoySettings settings) {
        List<String> problems = new ArrayList<>();
        if (!DnsName.isValid(settings.publicHost())) {
            problems.add("the public host must be a DNS name without port: '" + settings.publicHost() + "'");
        }
        List<ServerHost> serverHosts = servers(config, settings.publicHost().toLowerCase(Locale.ROOT), problems);
        if (!problems.isEmpty()) {
            return new Result.Refused(problems);
        }
        SequencedMap<String, ObjectNode> files = new LinkedHashMap<>();
        List<ObjectNode> clusters = new ArrayList<>();
        clusters.add(Clusters.broker(settings.brokers()));
        clusters.add(Clusters.router(settings.routers()));
        serverHosts.forEach(serverHost -> clusters.add(Clusters.server(serverHost, settings)));
        files.put("cds.yaml", resources(clusters));
        files.put(
                "rds.yaml",
                resources(List.of(Routes.table(
                        settings.publicHost(), serverHosts, serverHost -> silence(config, settings, serverHost)))));
        files.put("lds.yaml", resources(List.of(Listeners.gateway(settings, fileSource(settings, "rds.yaml")))));
        files.put("envoy.yaml", bootstrap(settings));
        return new Result.Files(files);
    }

    /** One entry per host name. Servers may share one only if they live at the same place. */
    private static List<ServerHost> servers(BrokerConfig config, String publicHost, List<String> problems) {
        Map<String, ServerHost> byHostname = new LinkedHashMap<>();
        for (McpServer server : config.servers()) {
            if (!server.enabled()) {
                continue;
            }
            ServerHost serverHost = ServerHost.of(server);
            if (!DnsName.isValid(serverHost.hostname())) {
                problems.add(server.name() + ": not a DNS name: '" + serverHost.hostname() + "'");
            } else if (serverHost.hostname().equals(publicHost)) {
                problems.add(server.name() + ": its hostname is the public host");
            }
            ServerHost before = byHostname.putIfAbsent(serverHost.hostname(), serverHost);
            if (before != null && !before.equals(serverHost)) {
                problems.add(server.name() + ": hostname '" + serverHost.hostname()
                        + "' is also used by a server at another address; give each its own");
            }
        }
        return List.copyOf(byHostname.values());
    }

    /** How long the servers of a host may say nothing: longer than each call may take, which the router tells Envoy. */
    private static Duration silence(BrokerConfig config, EnvoySettings settings, ServerHost serverHost) {
        return config.servers().stream()
                .filter(server -> server.enabled() && server.hostname().equalsIgnoreCase(serverHost.hostname()))
                .flatMap(server -> server.callTimeout().or(settings::callTimeout).stream())
                .map(limit -> limit.plus(AFTER_THE_LIMIT))
                .max(Comparator.naturalOrder())
                .filter(longest -> longest.compareTo(CallTimeout.SILENCE) > 0)
                .orElse(CallTimeout.SILENCE);
    }

    private static ObjectNode bootstrap(EnvoySettings settings) {
        ObjectNode bootstrap = object();
        bootstrap.putObject("node").put("id", "mcp-gateway").put("cluster", "mcp-gateway");
        bootstrap.set(
                "admin",
                Clusters.address(settings.admin().host(), settings.admin().port()));
        ObjectNode dynamic = bootstrap.putObject("dynamic_resources");
        dynamic.set("lds_config", fileSource(settings, "lds.yaml"));
        dynamic.set("cds_config", fileSource(settings, "cds.yaml"));
        ObjectNode connections = typed(
                        "envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig")
                .put("max_active_downstream_connections", MAX_CONNECTIONS);
        bootstrap
                .putObject("overload_manager")
                .putArray("resource_monitors")
                .add(extension("envoy.resource_monitors.global_downstream_max_connections", connections));
        return bootstrap;
    }

    private static ObjectNode fileSource(EnvoySettings settings, String file) {
        ObjectNode source = object().put("resource_api_version", "V3");
        ObjectNode path = source.putObject("path_config_source").put("path", settings.directory() + "/" + file);
        path.putObject("watched_directory").put("path", settings.directory());
        return source;
    }

    private static ObjectNode resources(List<ObjectNode> resources) {
        ObjectNode response = object();
        response.putArray("resources").addAll(resources);
        return response;
    }
}
