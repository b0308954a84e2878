package io.mcpgateway.controller.extension;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import java.util.List;

/** What clients reach at the public host. */
public final class PublicPaths {
    private PublicPaths() {}

    /** Each of them, and what is below it, is the broker's. */
    public static List<String> of(MCPGatewayExtensionSpec spec) {
        return spec.registryAPI() == EnabledState.ENABLED
                ? List.of(BrokerLaunch.MCP_PATH, BrokerLaunch.PROTECTED_RESOURCE_PATH, BrokerLaunch.REGISTRY_PATH)
                : List.of(BrokerLaunch.MCP_PATH, BrokerLaunch.PROTECTED_RESOURCE_PATH);
    }
}
