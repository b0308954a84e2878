package io.mcpgateway.controller.translation;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.extension.ClientAddress;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteTables;
import io.mcpgateway.controller.virtualserver.PublicListener;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An extension that serves clients, and is not being deleted. */
record ServingExtension(MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
    ServingExtension {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(plan, "plan");
    }

    ObjectKey key() {
        return ObjectKey.of(extension);
    }

    ClientAddress address() {
        return ClientAddress.of(extension.getSpec(), plan);
    }

    /** @param gateway the one that it targets */
    PublicListener listener(Optional<Gateway> gateway) {
        return new PublicListener(
                key(),
                plan.gateway(),
                gateway.map(Listeners::http).orElse(List.of()).stream()
                        .filter(listener -> RouteTables.shared(plan.listener(), listener))
                        .toList(),
                plan.publicHost());
    }
}
