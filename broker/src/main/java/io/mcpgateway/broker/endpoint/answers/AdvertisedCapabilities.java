package io.mcpgateway.broker.endpoint.answers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.extension.Extensions;
import java.util.Collection;

/**
 * The {@code capabilities} that the gateway declares (MCP 2025-11-25, Lifecycle; MCP 2026-07-28, "Discovery"): tools
 * always, because a server may be added at any time; of the rest what at least one of the servers declared, even if it
 * is away for the moment. Lists change whenever servers come and go, so every declared list announces its changes. Pure.
 */
public final class AdvertisedCapabilities {
    private static final String LIST_CHANGED = "listChanged";

    private AdvertisedCapabilities() {}

    /**
     * The capabilities of these servers together.
     *
     * @param extensions that the client can use
     */
    public static ObjectNode of(Collection<ServerReport> servers, Extensions extensions) {
        ObjectNode declared = JsonNodeFactory.instance.objectNode();
        declared.putObject("tools").put(LIST_CHANGED, true);
        if (anyHas(servers, Capability.PROMPTS)) {
            declared.putObject("prompts").put(LIST_CHANGED, true);
        }
        if (anyHas(servers, Capability.RESOURCES)) {
            ObjectNode resources = declared.putObject("resources");
            if (anyHas(servers, Capability.RESOURCES_SUBSCRIBE)) {
                resources.put("subscribe", true);
            }
            resources.put(LIST_CHANGED, true);
        }
        if (anyHas(servers, Capability.COMPLETIONS)) {
            declared.putObject("completions");
        }
        if (anyHas(servers, Capability.LOGGING)) {
            declared.putObject("logging");
        }
        if (!extensions.isEmpty()) {
            declared.putRawValue(
                    McpExtensions.MEMBER, new RawValue(extensions.json().toString()));
        }
        return declared;
    }

    private static boolean anyHas(Collection<ServerReport> servers, Capability capability) {
        return servers.stream().map(ServerReport::capabilities).anyMatch(capabilities -> capabilities.has(capability));
    }
}
