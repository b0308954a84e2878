package io.mcpgateway.controller.virtualserver;

import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerSpec;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;

/**
 * Decides where a virtual server goes: to every valid extension of the cluster. It names no Gateway, only tools, and
 * any gateway may serve some of them; there it narrows what its clients see and can never widen it. Tools that a
 * gateway does not serve are unknown to it and without effect.
 */
public final class VirtualServerPlanner {
    private VirtualServerPlanner() {}

    /**
     * Where one virtual server goes.
     *
     * @param extensions those that take configuration, in a stable order
     */
    public static VirtualServerPlan plan(MCPVirtualServer virtualServer, List<OfferingExtension> extensions) {
        if (extensions.isEmpty()) {
            return new VirtualServerPlan.Unattached(
                    "no valid mcpgatewayextensions configured; see kubectl get mcpgatewayextension -A");
        }
        VirtualServer entry = entry(virtualServer);
        return new VirtualServerPlan.Offered(
                entry,
                extensions.stream().map(OfferingExtension::key).toList(),
                extensions.stream()
                        .filter(extension -> extension.contradicts(entry.protocolVersions()))
                        .toList());
    }

    /** Each tool and prompt once, in the order of the spec. */
    public static VirtualServer entry(MCPVirtualServer virtualServer) {
        String name = ObjectKey.of(virtualServer).toString();
        MCPVirtualServerSpec spec = virtualServer.getSpec();
        return spec == null
                ? new VirtualServer(name, List.of())
                : new VirtualServer(
                        name,
                        spec.tools().stream().distinct().toList(),
                        spec.prompts().stream().distinct().toList(),
                        spec.protocolVersions().stream().distinct().toList());
    }
}
