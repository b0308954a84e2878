package io.mcpgateway.controller.urls.recipes;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.UrlPaths;
import io.mcpgateway.api.contract.VirtualServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The URLs of a gateway without a cluster, which follow from its config.yaml. */
public final class ConfigUrls {
    private ConfigUrls() {}

    /**
     * All of them.
     *
     * @param gateway where clients reach the gateway: scheme, host and port; its path is ignored
     */
    public static List<ClientUrl> of(BrokerConfig config, URI gateway) {
        List<ClientUrl> rows = new ArrayList<>();
        rows.add(row(ClientUrl.Kind.GATEWAY, "gateway", Optional.of(at(gateway, BrokerLaunch.MCP_PATH)), ""));
        for (VirtualServer virtualServer : config.virtualServers()) {
            rows.add(row(
                    ClientUrl.Kind.VIRTUAL_SERVER, virtualServer.name(), Optional.of(of(virtualServer, gateway)), ""));
        }
        for (McpServer server : config.servers()) {
            rows.add(row(
                    ClientUrl.Kind.SERVER,
                    server.name().value(),
                    server.enabled() ? Optional.of(at(gateway, UrlPaths.ofServer(server.name()))) : Optional.empty(),
                    server.enabled() ? "" : "Disabled"));
        }
        return rows;
    }

    private static String of(VirtualServer virtualServer, URI gateway) {
        String path = virtualServer.url().pathThere().orElseGet(() -> UrlPaths.ofVirtualServer(virtualServer.name()));
        return virtualServer
                .url()
                .hostname()
                .map(host -> at(gateway.getScheme(), host, gateway.getPort(), path))
                .orElseGet(() -> at(gateway, path));
    }

    private static ClientUrl row(ClientUrl.Kind kind, String name, Optional<String> url, String reason) {
        int slash = name.indexOf('/');
        return new ClientUrl(
                kind,
                slash < 0 ? "" : name.substring(0, slash),
                name.substring(slash + 1),
                url,
                reason.isEmpty() ? Optional.empty() : Optional.of(false),
                reason);
    }

    private static String at(URI gateway, String path) {
        return at(gateway.getScheme(), gateway.getHost(), gateway.getPort(), path);
    }

    private static String at(String scheme, String host, int port, String path) {
        return scheme + "://" + host + (port < 0 ? "" : ":" + port) + path;
    }
}
