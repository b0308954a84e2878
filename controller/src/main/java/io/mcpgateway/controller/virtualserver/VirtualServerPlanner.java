package io.mcpgateway.controller.virtualserver;

import io.mcpgateway.api.contract.VirtualServer;
import java.util.List;

/**
 * Decides where a virtual server goes: to every valid extension of the cluster. It names no Gateway, only tools and
 * servers, and any gateway may serve some of them; there it narrows what its clients see and can never widen it. Tools that a
 * gateway does not serve are unknown to it and without effect.
 */
public final class VirtualServerPlanner {
    private VirtualServerPlanner() {}

    /**
     * Where one virtual server goes.
     *
     * @param entry the virtual server as config.yaml has it
     * @param extensions those that take configuration, in a stable order
     */
    public static VirtualServerPlan plan(VirtualServer entry, List<OfferingExtension> extensions) {
        if (extensions.isEmpty()) {
            return new VirtualServerPlan.Unattached(
                    entry, "no valid mcpgatewayextensions configured; see kubectl get mcpgatewayextension -A");
        }
        return new VirtualServerPlan.Offered(
                entry,
                extensions.stream().map(OfferingExtension::key).toList(),
                extensions.stream()
                        .filter(extension -> extension.contradicts(entry.protocolVersions()))
                        .toList());
    }
}
