package io.mcpgateway.controller.extension;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import java.util.SortedMap;
import java.util.TreeMap;

/** The flags of the broker that the extension's spec asks for. What is the broker's own default is not written. */
final class BrokerFlags {
    private BrokerFlags() {}

    static SortedMap<String, String> of(MCPGatewayExtensionSpec spec) {
        SortedMap<String, String> flags = new TreeMap<>();
        if (spec.serverInstructions() == EnabledState.DISABLED) {
            flags.put(BrokerLaunch.FLAG_SERVER_INSTRUCTIONS, "false");
        }
        if (spec.registryAPI() == EnabledState.ENABLED) {
            flags.put(BrokerLaunch.FLAG_REGISTRY_API, "true");
        }
        if (spec.callTimeoutSeconds() != null) {
            flags.put(BrokerLaunch.FLAG_CALL_TIMEOUT, spec.callTimeoutSeconds().toString());
        }
        return flags;
    }
}
