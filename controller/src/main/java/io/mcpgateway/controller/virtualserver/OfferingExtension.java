package io.mcpgateway.controller.virtualserver;

import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * An extension as a virtual server sees it.
 *
 * @param protocolVersions that it allows its clients; if empty, all
 */
public record OfferingExtension(ObjectKey key, List<String> protocolVersions) {
    public OfferingExtension {
        Objects.requireNonNull(key, "key");
        protocolVersions = List.copyOf(protocolVersions);
    }

    /** Whether clients could use no revision at all through a virtual server that allows these, or all if empty. */
    boolean contradicts(List<String> others) {
        return !protocolVersions.isEmpty() && !others.isEmpty() && Collections.disjoint(protocolVersions, others);
    }
}
