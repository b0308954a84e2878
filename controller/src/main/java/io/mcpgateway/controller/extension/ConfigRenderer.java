package io.mcpgateway.controller.extension;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.Seniority;
import io.mcpgateway.controller.registration.Placement;
import io.mcpgateway.controller.registration.PlannedRegistration;
import io.mcpgateway.controller.virtualserver.VirtualServerPlanner;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Renders the whole configuration of one extension.
 *
 * <p>It follows from the present objects alone. There is deliberately no previous configuration to look at: an entry
 * does not survive the loss of its route, its grant or its credential, not even for a moment, because what it rested on
 * may have been withdrawn on purpose. It also makes the document the same whatever happened before, a crash included.
 */
public final class ConfigRenderer {
    private ConfigRenderer() {}

    /**
     * Servers come oldest registration first, then by namespace and name: their order is their precedence when two
     * offer one tool name. Virtual servers come by name. Objects that are being deleted are left out, disabled servers
     * are carried with their state.
     *
     * @param plan of the extension; a rejected one gets the empty configuration
     * @param registrations all of the cluster, in any order
     * @param virtualServers all of the cluster, in any order
     */
    public static RenderedConfig render(
            ObjectKey extension,
            ExtensionPlan plan,
            List<PlannedRegistration> registrations,
            List<MCPVirtualServer> virtualServers) {
        return switch (plan) {
            case ExtensionPlan.Rejected _ -> RenderedConfig.of(BrokerConfig.EMPTY);
            case ExtensionPlan.Proceed proceed ->
                RenderedConfig.of(new BrokerConfig(
                        servers(extension, registrations), entries(virtualServers), proceed.caCertificates()));
        };
    }

    private static List<McpServer> servers(ObjectKey extension, List<PlannedRegistration> registrations) {
        Map<String, String> addresses = new HashMap<>();
        return registrations.stream()
                .filter(planned -> planned.registration().getMetadata().getDeletionTimestamp() == null)
                .sorted(Comparator.comparing(PlannedRegistration::registration, Seniority.OLDEST_THEN_NAME))
                .flatMap(planned -> planned.plan().entries().stream())
                .filter(placement -> placement.extension().equals(extension))
                .map(Placement::server)
                // The plans see to it; a document that breaks the rule would be refused as a whole.
                .filter(server -> server.address()
                        .equals(Objects.requireNonNullElse(
                                addresses.putIfAbsent(server.hostname(), server.address()), server.address())))
                .toList();
    }

    private static List<VirtualServer> entries(List<MCPVirtualServer> virtualServers) {
        return virtualServers.stream()
                .filter(virtualServer -> virtualServer.getMetadata().getDeletionTimestamp() == null)
                .map(VirtualServerPlanner::entry)
                .sorted(Comparator.comparing(VirtualServer::name))
                .toList();
    }
}
