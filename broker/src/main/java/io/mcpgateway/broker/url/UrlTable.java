package io.mcpgateway.broker.url;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.UrlPaths;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.json.JsonText;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every URL at which MCP is served. A path is compared as it came, character by character, but for one slash at its end:
 * nothing is decoded or resolved, so nothing can be read in two ways. Whatever is not in the table is nowhere.
 *
 * @param paths on every host that is not one of {@code hosts}
 * @param hosts lower case, without port: the paths of hosts that virtual servers have for themselves
 */
public record UrlTable(Map<String, Chosen> paths, Map<String, Map<String, Chosen>> hosts) {
    public static final UrlTable EMPTY = of(List.of(), List.of());

    private static final int SHOWN_PATH = 256;
    private static final String BELOW = BrokerLaunch.MCP_PATH + "/";
    private static final String SERVERS = BELOW + UrlPaths.SERVERS + "/";
    private static final GatewayUrl EVERYTHING = new GatewayUrl.Found(new Chosen.Nothing());

    public UrlTable {
        paths = Map.copyOf(paths);
        Map<String, Map<String, Chosen>> copy = new HashMap<>();
        hosts.forEach((host, there) -> copy.put(host, Map.copyOf(there)));
        hosts = Map.copyOf(copy);
    }

    /**
     * The table of a configuration. Whoever writes one sees to it that no URL is chosen twice; if one is, the first
     * keeps it.
     */
    public static UrlTable of(Collection<ServerName> servers, List<VirtualServer> virtualServers) {
        Map<String, Chosen> paths = new HashMap<>();
        Map<String, Map<String, Chosen>> hosts = new HashMap<>();
        paths.put(BrokerLaunch.MCP_PATH, new Chosen.Nothing());
        servers.forEach(server -> paths.put(UrlPaths.ofServer(server), new Chosen.Server(server)));
        for (VirtualServer virtualServer : virtualServers) {
            paths.putIfAbsent(
                    UrlPaths.ofVirtualServer(virtualServer.name()), new Chosen.VirtualServer(virtualServer.name()));
        }
        for (VirtualServer virtualServer : virtualServers) {
            Chosen chosen = new Chosen.VirtualServer(virtualServer.name());
            ChosenUrl url = virtualServer.url();
            Map<String, Chosen> there = url.hostname()
                    .map(host -> hosts.computeIfAbsent(host, _ -> new HashMap<>()))
                    .orElse(paths);
            url.pathThere().ifPresent(path -> there.putIfAbsent(path, chosen));
            // The router leads requests for a host on to the broker by this path.
            url.hostname().ifPresent(_ -> there.putIfAbsent(chosen.path(), chosen));
        }
        return new UrlTable(paths, hosts);
    }

    /**
     * What a request is for.
     *
     * @param authority host, with or without port
     * @param path without query, as it came
     */
    public GatewayUrl find(String authority, String path) {
        Map<String, Chosen> own = hosts.isEmpty() ? null : hosts.get(host(authority));
        if (own == null && path.equals(BrokerLaunch.MCP_PATH)) {
            return EVERYTHING;
        }
        if (!isMcpPath(path)) {
            return new GatewayUrl.Elsewhere();
        }
        Map<String, Chosen> there = own == null ? paths : own;
        Chosen chosen = there.get(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        if (chosen != null) {
            return new GatewayUrl.Found(chosen);
        }
        return new GatewayUrl.Unknown(own == null ? unknown(path) : unknownAt(host(authority), path, own.keySet()));
    }

    /** Whether a path is {@code /mcp} or below it, whether or not anything is there. */
    public static boolean isMcpPath(String path) {
        return path.equals(BrokerLaunch.MCP_PATH) || path.startsWith(BELOW);
    }

    /** The hosts that virtual servers have for themselves, in lower case. */
    public Set<String> ownHosts() {
        return hosts.keySet();
    }

    /** Whether a virtual server has this host for itself. */
    public boolean isOwnHost(String authority) {
        return !hosts.isEmpty() && hosts.containsKey(host(authority));
    }

    private static String unknown(String path) {
        Optional<String> server = path.startsWith(SERVERS) ? name(path.substring(SERVERS.length())) : Optional.empty();
        if (server.isPresent()) {
            return "unknown server '" + server.get() + "': " + UrlPaths.ofServer(new ServerName("NAMESPACE/NAME"))
                    + " needs an enabled server of that name: an MCPServerRegistration, or an entry of 'servers' in config.yaml";
        }
        return name(path.substring(BELOW.length()))
                .map(
                        name -> "unknown virtual server '" + name + "': " + UrlPaths.ofVirtualServer("NAMESPACE/NAME")
                                + " needs one of that name: an MCPVirtualServer, or an entry of 'virtualServers' in config.yaml")
                .orElseGet(() -> "unknown path '" + JsonText.excerpt(path, SHOWN_PATH) + "'");
    }

    private static String unknownAt(String host, String path, Set<String> known) {
        return "unknown path '" + JsonText.excerpt(path, SHOWN_PATH) + "'; " + host + " serves "
                + String.join(", ", known.stream().sorted().toList());
    }

    /** What looks like {@code namespace/name}. */
    private static Optional<String> name(String rest) {
        return rest.length() <= SHOWN_PATH && rest.matches("[A-Za-z0-9._~-]+/[A-Za-z0-9._~-]+")
                ? Optional.of(rest)
                : Optional.empty();
    }

    private static String host(String authority) {
        int port = authority.lastIndexOf(':');
        boolean hasPort = port >= 0 && authority.indexOf(']', port) < 0;
        String host = (hasPort ? authority.substring(0, port) : authority).toLowerCase(Locale.ROOT);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
