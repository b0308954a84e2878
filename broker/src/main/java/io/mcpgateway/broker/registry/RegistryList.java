package io.mcpgateway.broker.registry;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.url.Chosen;
import io.mcpgateway.broker.url.PublicUrls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The entries of a configuration: names and URLs, and nothing else of it. Whoever may use a URL is decided there; to list
 * it grants nothing.
 */
final class RegistryList {
    private RegistryList() {}

    /**
     * All entries, by name.
     *
     * @param publicHost lower case, without port
     * @param url of a path on the public host
     */
    static List<RegistryEntry> of(BrokerConfig config, String publicHost, UnaryOperator<String> url) {
        List<RegistryEntry> entries = new ArrayList<>();
        Chosen everything = new Chosen.Nothing();
        entries.add(new RegistryEntry(
                RegistryNames.of(everything, publicHost),
                "MCP gateway " + publicHost,
                "Everything that is served at " + publicHost + ", with prefixes",
                url.apply(everything.path())));
        for (VirtualServer virtualServer : config.virtualServers()) {
            entries.add(new RegistryEntry(
                    RegistryNames.of(new Chosen.VirtualServer(virtualServer.name()), publicHost),
                    virtualServer.name(),
                    "Virtual server " + virtualServer.name() + " at " + publicHost,
                    url(virtualServer, url)));
        }
        for (McpServer server : config.servers()) {
            if (server.enabled()) {
                Chosen chosen = new Chosen.Server(server.name());
                entries.add(new RegistryEntry(
                        RegistryNames.of(chosen, publicHost),
                        server.name().value(),
                        "MCP server " + server.name() + " at " + publicHost + ", with its own names",
                        url.apply(chosen.path())));
            }
        }
        entries.sort(Comparator.comparing(RegistryEntry::name));
        return entries;
    }

    /** The one that was chosen for it, as in its status. */
    private static String url(VirtualServer virtualServer, UnaryOperator<String> url) {
        ChosenUrl chosen = virtualServer.url();
        String there =
                url.apply(chosen.pathThere().orElseGet(() -> new Chosen.VirtualServer(virtualServer.name()).path()));
        return chosen.hostname().map(host -> PublicUrls.atHost(there, host)).orElse(there);
    }
}
