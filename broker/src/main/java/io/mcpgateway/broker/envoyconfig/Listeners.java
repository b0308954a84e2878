package io.mcpgateway.broker.envoyconfig;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.api.contract.GatewayHeaders;
import io.mcpgateway.api.envoy.FilterChain;
import io.mcpgateway.api.envoy.FilterChainSettings;
import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.broker.endpoint.HttpListener;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.McpHeaders;
import java.util.List;

/** The one listener: it serves the gateway only, so its filters run for every request. */
final class Listeners {
    /** As from the router and the embedded gateway. */
    private static final int TOO_MANY_REQUESTS = 429;

    private static final int PAYLOAD_TOO_LARGE = 413;

    /** What the router calls the server: visible ASCII without quotes. */
    private static final String SERVER = "%REQ(" + GatewayHeaders.SERVER_NAME + ")%";

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
                .put("path_with_escaped_slashes_action", "REJECT_REQUEST")
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
        FilterChain.filters(FilterChainSettings.of(Clusters.ROUTER, new Scope.Everything()))
                .forEach(filters::add);
        FilterChain.lastFilters().forEach(filters::add);
        filters.add(extension("envoy.filters.http.router", typed("envoy.extensions.filters.http.router.v3.Router")));
        manager.set("local_reply_config", answers());
        if (settings.accessLog()) {
            manager.putArray("access_log").add(accessLog());
        }
        return manager;
    }

    /** What Envoy says itself about a call, as JSON-RPC errors like the gateway's own; the id is not known here. */
    private static ObjectNode answers() {
        ObjectNode answers = object();
        ArrayNode mappers = answers.putArray("mappers");
        ObjectNode tooMany = answer(
                flags("UO"),
                JsonRpcError.BACKEND_UNAVAILABLE,
                "too many calls under way for server \\\"" + SERVER + "\\\"; try again later");
        tooMany.put("status_code", TOO_MANY_REQUESTS);
        mappers.add(tooMany);
        // UF, URX: no connection; UH: no host; NC: no cluster. The status stays Envoy's.
        mappers.add(answer(
                flags("UF", "UH", "URX", "NC"),
                JsonRpcError.BACKEND_UNAVAILABLE,
                "server " + SERVER + " could not be reached"));
        mappers.add(answer(
                flags("UC", "UR", "UPE"),
                JsonRpcError.BACKEND_UNAVAILABLE,
                "server " + SERVER + " ended the connection before it answered; the call may have been executed"));
        // UT and SI, a server that took too long, are the router's to tell (docs/adr/024): what stands here would go
        // before it.
        mappers.add(answer(
                status(PAYLOAD_TOO_LARGE),
                JsonRpcError.INVALID_REQUEST,
                "request body too large: at most " + HttpListener.Settings.DEFAULT_MAX_BODY_BYTES
                        + " bytes are accepted"));
        return answers;
    }

    private static ObjectNode answer(ObjectNode filter, int code, String message) {
        ObjectNode mapper = object();
        mapper.set("filter", filter);
        mapper.putObject("body_format_override")
                .put("content_type", "application/json")
                .putObject("text_format_source")
                .put(
                        "inline_string",
                        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}");
        return mapper;
    }

    /** Of requests that the router sent to a server: what else fails on the way is not told as if it had. */
    private static ObjectNode flags(String... flags) {
        ObjectNode both = object();
        ArrayNode filters = both.putObject("and_filter").putArray("filters");
        ArrayNode names = filters.addObject().putObject("response_flag_filter").putArray("flags");
        List.of(flags).forEach(names::add);
        server(filters).put("present_match", true);
        server(filters).put("invert_match", true).putObject("string_match").put("exact", McpHeaders.BROKER_SERVER);
        return both;
    }

    private static ObjectNode server(ArrayNode filters) {
        return filters.addObject()
                .putObject("header_filter")
                .putObject("header")
                .put("name", GatewayHeaders.SERVER_NAME);
    }

    private static ObjectNode status(int status) {
        ObjectNode filter = object();
        filter.putObject("status_code_filter")
                .putObject("comparison")
                .put("op", "EQ")
                .putObject("value")
                .put("default_value", status)
                .put("runtime_key", "mcp.status");
        return filter;
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
