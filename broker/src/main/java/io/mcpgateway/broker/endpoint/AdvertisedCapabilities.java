package io.mcpgateway.broker.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;

/**
 * What {@code initialize} declares (MCP 2025-11-25, Lifecycle): tools always, because a server may be added at any
 * time; of the rest what at least one server declared, even if it is away for the moment. Lists change whenever
 * servers come and go, so every declared list announces its changes. Pure.
 */
final class AdvertisedCapabilities {
    private static final String LIST_CHANGED = "listChanged";

    private AdvertisedCapabilities() {}

    static ObjectNode of(GatewaySnapshot snapshot) {
        ObjectNode declared = JsonNodeFactory.instance.objectNode();
        declared.putObject("tools").put(LIST_CHANGED, true);
        if (anyHas(snapshot, Capability.PROMPTS)) {
            declared.putObject("prompts").put(LIST_CHANGED, true);
        }
        if (anyHas(snapshot, Capability.RESOURCES)) {
            ObjectNode resources = declared.putObject("resources");
            if (anyHas(snapshot, Capability.RESOURCES_SUBSCRIBE)) {
                resources.put("subscribe", true);
            }
            resources.put(LIST_CHANGED, true);
        }
        if (anyHas(snapshot, Capability.COMPLETIONS)) {
            declared.putObject("completions");
        }
        if (anyHas(snapshot, Capability.LOGGING)) {
            declared.putObject("logging");
        }
        return declared;
    }

    private static boolean anyHas(GatewaySnapshot snapshot, Capability capability) {
        return snapshot.reports().values().stream()
                .map(ServerReport::capabilities)
                .anyMatch(capabilities -> capabilities.has(capability));
    }
}
