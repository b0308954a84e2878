package io.mcpgateway.broker.envoyconfig;

import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.api.envoy.SecondTry;
import io.mcpgateway.api.wire.GatewayHeaders;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The route table: the public host to the broker, each server host to its server, anything else nowhere (404). */
final class Routes {
    static final String NAME = "mcp";

    private Routes() {}

    /** @param silence how long a host may say nothing */
    static ObjectNode table(String publicHost, List<ServerHost> serverHosts, Function<ServerHost, Duration> silence) {
        ObjectNode table = typed("envoy.config.route.v3.RouteConfiguration").put("name", NAME);
        ArrayNode hosts = table.putArray("virtual_hosts");
        hosts.add(publicHost(publicHost));
        serverHosts.forEach(serverHost -> hosts.add(server(serverHost, silence.apply(serverHost))));
        return table;
    }

    /** The paths of the HTTPRoutes that the controller makes; /status and health stay inside. */
    private static ObjectNode publicHost(String host) {
        ObjectNode virtualHost = virtualHost("public", host);
        // The broker must know which attempt it is.
        virtualHost.put("include_request_attempt_count", true);
        ArrayNode routes = virtualHost.putArray("routes");
        for (String path :
                List.of(BrokerLaunch.MCP_PATH, BrokerLaunch.PROTECTED_RESOURCE_PATH, BrokerLaunch.REGISTRY_PATH)) {
            ObjectNode route = routes.addObject();
            route.putObject("match").put("path_separated_prefix", path);
            ObjectNode action = to(Clusters.BROKER, CallTimeout.SILENCE);
            action.set("retry_policy", SecondTry.policy());
            route.set("route", action);
        }
        return virtualHost;
    }

    private static ObjectNode server(ServerHost serverHost, Duration silence) {
        ObjectNode virtualHost = virtualHost(serverHost.clusterName(), serverHost.hostname());
        ObjectNode route = virtualHost.putArray("routes").addObject();
        route.putObject("match").put("prefix", "/");
        ObjectNode action = to(serverHost.clusterName(), silence).put("host_rewrite_literal", serverHost.authority());
        action.set("retry_policy", SecondTry.ofCalls());
        action.putArray("hash_policy")
                .addObject()
                .putObject("header")
                .put("header_name", GatewayHeaders.SESSION_AFFINITY);
        route.set("route", action);
        return virtualHost;
    }

    private static ObjectNode virtualHost(String name, String host) {
        ObjectNode virtualHost = object().put("name", name);
        virtualHost.putArray("domains").add(host).add(host + ":*");
        return virtualHost;
    }

    /** Calls and streams take as long as they take, unless the router says otherwise; silence ends them. */
    private static ObjectNode to(String cluster, Duration silence) {
        return object().put("cluster", cluster).put("timeout", "0s").put("idle_timeout", silence.toSeconds() + "s");
    }
}
