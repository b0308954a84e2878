package io.mcpgateway.broker.envoyconfig;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.ServerConnections;
import io.mcpgateway.broker.network.Address;
import java.util.List;
import java.util.regex.Pattern;

/** Envoy clusters, one per destination. */
final class Clusters {
    static final String BROKER = "mcp_broker";
    static final String ROUTER = "mcp_router";

    /** Streams stay open for long; Envoy's own limits, 1024 and 3 retries, are ones for few short requests. */
    static final int MAX_STREAMS = 16_384;

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");

    private Clusters() {}

    static ObjectNode broker(List<Address> replicas) {
        return cluster(BROKER, replicas, MAX_STREAMS);
    }

    /** HTTP/2 as gRPC needs it; pings find out about a dead router. */
    static ObjectNode router(List<Address> replicas) {
        ObjectNode cluster = cluster(ROUTER, replicas, MAX_STREAMS);
        ObjectNode options = typed("envoy.extensions.upstreams.http.v3.HttpProtocolOptions");
        options.putObject("explicit_http_config")
                .putObject("http2_protocol_options")
                .putObject("connection_keepalive")
                .put("interval", "30s")
                .put("timeout", "5s");
        cluster.putObject("typed_extension_protocol_options")
                .set("envoy.extensions.upstreams.http.v3.HttpProtocolOptions", options);
        return cluster;
    }

    static ObjectNode server(ServerHost serverHost, EnvoySettings settings) {
        ObjectNode cluster = cluster(
                serverHost.clusterName(),
                List.of(new Address(serverHost.host(), serverHost.port())),
                settings.maxCallsPerServer());
        if (!isAddress(serverHost.host())) {
            oneAddressPerSession(cluster);
        }
        cluster.putObject("typed_extension_protocol_options")
                .set("envoy.extensions.upstreams.http.v3.HttpProtocolOptions", idleBeforeTheServer());
        if (serverHost.tls()) {
            cluster.set(
                    "transport_socket",
                    extension("envoy.transport_sockets.tls", tls(serverHost.host(), settings.caFile())));
        }
        return cluster;
    }

    /**
     * A name may have several addresses, of servers that do not share their sessions: the route's hash chooses. An address
     * that cannot be reached is left out for a while, so that its sessions begin anew at another one.
     */
    private static void oneAddressPerSession(ObjectNode cluster) {
        cluster.put("lb_policy", "RING_HASH");
        cluster.putObject("outlier_detection")
                .put("split_external_local_origin_errors", true)
                .put("consecutive_local_origin_failure", 5)
                .put("enforcing_local_origin_success_rate", 0)
                .put("enforcing_consecutive_5xx", 0)
                .put("enforcing_success_rate", 0)
                .put("max_ejection_percent", 50);
    }

    /** HTTP/1.1, and connections end before the server's side ends them. */
    private static ObjectNode idleBeforeTheServer() {
        ObjectNode options = typed("envoy.extensions.upstreams.http.v3.HttpProtocolOptions");
        options.putObject("common_http_protocol_options")
                .put("idle_timeout", ServerConnections.IDLE_TIMEOUT.toSeconds() + "s");
        options.putObject("explicit_http_config").putObject("http_protocol_options");
        return options;
    }

    /** A certificate of a known authority for this very name. */
    private static ObjectNode tls(String host, String caFile) {
        ObjectNode context = typed("envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext");
        if (!isAddress(host)) {
            context.put("sni", host);
        }
        ObjectNode validation = context.putObject("common_tls_context").putObject("validation_context");
        validation.putObject("trusted_ca").put("filename", caFile);
        ObjectNode name = validation.putArray("match_typed_subject_alt_names").addObject();
        name.put("san_type", isAddress(host) ? "IP_ADDRESS" : "DNS");
        name.putObject("matcher").put("exact", host);
        return context;
    }

    private static ObjectNode cluster(String name, List<Address> addresses, int maxRequests) {
        boolean resolved = addresses.stream().allMatch(address -> isAddress(address.host()));
        ObjectNode cluster = typed("envoy.config.cluster.v3.Cluster")
                .put("name", name)
                .put("type", resolved ? "STATIC" : "STRICT_DNS")
                .put("connect_timeout", "5s");
        if (!resolved) {
            // Both families would be two hosts to Envoy, one of which often does not answer ("localhost").
            cluster.put("dns_lookup_family", "V4_PREFERRED");
        }
        ObjectNode limits =
                cluster.putObject("circuit_breakers").putArray("thresholds").addObject();
        limits.put("max_connections", MAX_STREAMS)
                .put("max_pending_requests", MAX_STREAMS)
                .put("max_requests", maxRequests)
                .put("max_retries", MAX_STREAMS);
        ObjectNode assignment = cluster.putObject("load_assignment").put("cluster_name", name);
        ArrayNode endpoints = assignment.putArray("endpoints").addObject().putArray("lb_endpoints");
        addresses.forEach(address -> endpoints.addObject().set("endpoint", address(address.host(), address.port())));
        return cluster;
    }

    /** {@code {"address": {"socket_address": ..}}}. */
    static ObjectNode address(String host, int port) {
        ObjectNode wrapper = object();
        wrapper.putObject("address")
                .putObject("socket_address")
                .put("address", host)
                .put("port_value", port);
        return wrapper;
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }
}
