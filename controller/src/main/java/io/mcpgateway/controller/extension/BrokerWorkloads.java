package io.mcpgateway.controller.extension;

import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.desired.BrokerWorkload;
import java.util.Optional;

/** What the broker of an accepted extension is started with. Pure. */
public final class BrokerWorkloads {
    private BrokerWorkloads() {}

    public static BrokerWorkload of(MCPGatewayExtension extension, ExtensionPlan.Proceed plan, BrokerImage image) {
        var spec = extension.getSpec();
        return new BrokerWorkload(
                image.name(),
                image.pullPolicy(),
                plan.publicHost(),
                plan.privateHost(),
                spec.backendPingIntervalSeconds(),
                Optional.ofNullable(spec.trustedHeadersKey()).map(key -> key.secretName()),
                Optional.ofNullable(spec.sessionStore()).map(store -> store.secretName()),
                BrokerFlags.of(spec),
                BrokerVariables.of(spec, plan.publicHost()));
    }
}
