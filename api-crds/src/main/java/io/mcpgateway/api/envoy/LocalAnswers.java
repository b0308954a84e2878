package io.mcpgateway.api.envoy;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import java.util.List;

/**
 * Envoy's own responses to calls, as JSON-RPC errors like the gateway's; the ID is not known here. Responses to
 * requests of other applications on the listener do not change: only requests that the router sent to a server
 * have its name in a header, and requests that are refused before the router are recognized by their host.
 */
public final class LocalAnswers {
    private static final String MANAGER = "envoy.filters.network.http_connection_manager";
    private static final String MANAGER_TYPE =
            "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int PAYLOAD_TOO_LARGE = 413;
    private static final String SERVER = "%REQ(" + GatewayHeaders.SERVER_NAME + ")%";

    private LocalAnswers() {}

    /** The local_reply_config of a connection manager. */
    public static ObjectNode config(Scope scope) {
        ObjectNode answers = object();
        ArrayNode mappers = answers.putArray("mappers");
        ObjectNode tooMany = answer(
                flags("UO"),
                JsonRpcCodes.SERVER_UNAVAILABLE,
                "too many calls in progress for server \\\"" + SERVER + "\\\"; try again later");
        tooMany.put("status_code", TOO_MANY_REQUESTS);
        mappers.add(tooMany);
        // UF, URX: no connection; UH: no host; NC: no cluster. The status stays Envoy's.
        mappers.add(answer(
                flags("UF", "UH", "URX", "NC"),
                JsonRpcCodes.SERVER_UNAVAILABLE,
                "server " + SERVER + " could not be reached"));
        mappers.add(answer(
                flags("UC", "UR", "UPE"),
                JsonRpcCodes.SERVER_UNAVAILABLE,
                "server " + SERVER + " ended the connection before it answered; the call may have been executed"));
        // The router reports UT and SI, a server that took too long (docs/adr/024): a mapper here would take
        // precedence.
        mappers.add(answer(
                tooLarge(scope),
                JsonRpcCodes.INVALID_REQUEST,
                "request body too large: at most " + BrokerLaunch.MAX_BODY_BYTES + " bytes are accepted"));
        return answers;
    }

    /** A connection manager with nothing else, to be merged into an existing one. */
    public static ObjectNode patch(Scope scope) {
        ObjectNode manager = typed(MANAGER_TYPE);
        manager.set("local_reply_config", config(scope));
        return extension(MANAGER, manager);
    }

    private static ObjectNode answer(ObjectNode filter, int code, String message) {
        ObjectNode mapper = object();
        mapper.set("filter", filter);
        mapper.putObject("body_format_override")
                .put("content_type", MediaTypes.JSON)
                .putObject("text_format_source")
                .put(
                        "inline_string",
                        "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}");
        return mapper;
    }

    /** Only requests that the router sent to a server: other failures on the way are not reported as the server's. */
    private static ObjectNode flags(String... flags) {
        ObjectNode all = object();
        ArrayNode filters = all.putObject("and_filter").putArray("filters");
        ArrayNode names = filters.addObject().putObject("response_flag_filter").putArray("flags");
        List.of(flags).forEach(names::add);
        header(filters, GatewayHeaders.SERVER_NAME).put("present_match", true);
        header(filters, GatewayHeaders.SERVER_NAME)
                .put("invert_match", true)
                .putObject("string_match")
                .put("exact", BrokerLaunch.SERVER_NAME);
        return all;
    }

    private static ObjectNode tooLarge(Scope scope) {
        return switch (scope) {
            case Scope.Everything _ -> status(PAYLOAD_TOO_LARGE);
            case Scope.Hosts hosts -> {
                ObjectNode both = object();
                ArrayNode filters = both.putObject("and_filter").putArray("filters");
                filters.add(status(PAYLOAD_TOO_LARGE));
                ArrayNode any = filters.addObject().putObject("or_filter").putArray("filters");
                authority(any, "exact", hosts.publicHost());
                authority(any, "prefix", hosts.publicHost() + ":");
                yield both;
            }
        };
    }

    private static void authority(ArrayNode filters, String kind, String value) {
        header(filters, ":authority").putObject("string_match").put(kind, value).put("ignore_case", true);
    }

    private static ObjectNode header(ArrayNode filters, String name) {
        return filters.addObject()
                .putObject("header_filter")
                .putObject("header")
                .put("name", name);
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
}
