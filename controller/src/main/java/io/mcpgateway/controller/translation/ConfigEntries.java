package io.mcpgateway.controller.translation;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.Placement;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.virtualserver.UrlClaims;
import io.mcpgateway.controller.virtualserver.VirtualServerEntries;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The entries of one extension's configuration.
 *
 * <p>They follow from the present objects alone. There is deliberately no previous configuration to look at: an entry
 * does not survive the loss of its route, its grant or its credential, not even for a moment, because what it rested on
 * may have been withdrawn on purpose. It also makes the document the same whatever happened before, a crash included.
 */
final class ConfigEntries {
    private ConfigEntries() {}

    /**
     * The servers, disabled ones included. Their order is their precedence when two offer one tool name.
     *
     * @param registrations of all that are not being deleted, oldest first, then by namespace and name
     */
    static List<McpServer> servers(ObjectKey extension, List<RegistrationPlan> registrations) {
        Map<String, String> addresses = new HashMap<>();
        return registrations.stream()
                .flatMap(plan -> plan.entries().stream())
                .filter(placement -> placement.extension().equals(extension))
                .map(Placement::server)
                // The plans see to it; a document that breaks the rule would be refused as a whole.
                .filter(server -> server.address()
                        .equals(Objects.requireNonNullElse(
                                addresses.putIfAbsent(server.hostname(), server.address()), server.address())))
                .toList();
    }

    /** The virtual servers by name, each at the URLs that it has there, without those that are being deleted. */
    static List<VirtualServer> virtualServers(
            ObjectKey extension, List<MCPVirtualServer> virtualServers, VirtualServerEntries entries, UrlClaims urls) {
        return virtualServers.stream()
                .filter(virtualServer -> virtualServer.getMetadata().getDeletionTimestamp() == null)
                .map(virtualServer -> entries.entry(virtualServer)
                        .at(urls.of(ObjectKey.of(virtualServer)).at(extension)))
                .sorted(Comparator.comparing(VirtualServer::name))
                .toList();
    }
}
