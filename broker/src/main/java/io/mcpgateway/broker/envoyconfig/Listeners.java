package io.mcpgateway.broker.envoyconfig;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.api.envoy.FilterChain;
import io.mcpgateway.api.envoy.FilterChainSettings;
import io.mcpgateway.api.envoy.LocalAnswers;
import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.api.wire.GatewayHeaders;

/** The only listener: it only serves the gateway, so its filters run for every request. */
final class Listeners {
    private static final int MEBIBYTE = 1024 * 1024;

    private Listeners() {}

    static ObjectNode gateway(EnvoySettings settings, ObjectNode routeSource) {
        ObjectNode listener = typed("envoy.config.listener.v3.Listener").put("name", "mcp");
        listener.setAll(
                Clusters.address(settings.listen().host(), settings.listen().port()));
        listener.put("per_connection_buffer_limit_bytes", MEBIBYTE);
        listener.putArray("filter_chains")
                .addObject()
                .putArray("filters")
                .add(extension(
                        "envoy.filters.network.http_connection_manager", connectionManager(settings, routeSource)));
        return listener;
    }

    private static ObjectNode connectionManager(EnvoySettings settings, ObjectNode routeSource) {
        ObjectNode manager = typed("envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager")
                .put("stat_prefix", "mcp")
                .put("use_remote_address", true)
                .put("normalize_path", true)
                .put("merge_slashes", true)
                // As in Istio: clients of a registry write the slash of a name as %2F. To the router it is another
                // path.
                .put("path_with_escaped_slashes_action", "KEEP_UNCHANGED")
                // The broker's heartbeats keep its streams above this.
                .put("stream_idle_timeout", CallTimeout.SILENCE.toSeconds() + "s")
                .put("request_headers_timeout", "10s")
                .put("request_timeout", "60s");
        manager.putObject("common_http_protocol_options").put("idle_timeout", "3600s");
        manager.putObject("http2_protocol_options")
                .put("max_concurrent_streams", 128)
                .put("initial_stream_window_size", 65_536)
                .put("initial_connection_window_size", MEBIBYTE);
        manager.putObject("rds").put("route_config_name", Routes.NAME).set("config_source", routeSource);
        ArrayNode filters = manager.putArray("http_filters");
        FilterChain.filters(FilterChainSettings.of(Clusters.ROUTER, new Scope.Everything(settings.publicHost())))
                .forEach(filters::add);
        FilterChain.lastFilters().forEach(filters::add);
        filters.add(extension("envoy.filters.http.router", typed("envoy.extensions.filters.http.router.v3.Router")));
        manager.set("local_reply_config", LocalAnswers.config(new Scope.Everything(settings.publicHost())));
        if (settings.accessLog()) {
            manager.putArray("access_log").add(accessLog());
        }
        return manager;
    }

    /** No header values: session ids are secrets. */
    private static ObjectNode accessLog() {
        ObjectNode log = typed("envoy.extensions.access_loggers.stream.v3.StdoutAccessLog");
        ObjectNode format = object();
        format.putObject("text_format_source")
                .put(
                        "inline_string",
                        "time=%START_TIME% method=%REQ(:METHOD)% host=%REQ(:AUTHORITY)%"
                                + " mcp=%REQ(" + GatewayHeaders.METHOD + ")% server=%REQ(" + GatewayHeaders.SERVER_NAME
                                + ")% tool=%REQ(" + GatewayHeaders.TOOL_NAME + ")%"
                                + " status=%RESPONSE_CODE% details=%RESPONSE_CODE_DETAILS% flags=%RESPONSE_FLAGS%"
                                + " ms=%DURATION% upstream=%UPSTREAM_HOST%\n");
        log.set("log_format", format);
        return extension("envoy.access_loggers.stdout", log);
    }
}
