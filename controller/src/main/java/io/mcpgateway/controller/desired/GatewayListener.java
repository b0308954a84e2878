package io.mcpgateway.controller.desired;

import java.util.Objects;
import java.util.Optional;

/**
 * The listener that an extension uses.
 *
 * @param namespace of the Gateway
 * @param gateway its name
 * @param sectionName the listener's name
 * @param port the listener's port
 * @param istioRevision the Gateway's label {@code istio.io/rev}, if it has one
 */
public record GatewayListener(
        String namespace, String gateway, String sectionName, int port, Optional<String> istioRevision) {
    public GatewayListener {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(sectionName, "sectionName");
        Objects.requireNonNull(istioRevision, "istioRevision");
    }
}
