package io.mcpgateway.broker.status;

import io.mcpgateway.api.contract.reason.ServerReach;
import java.util.Optional;

/** Tries whether a server can be reached as calls reach it. */
@FunctionalInterface
public interface Reach {
    /**
     * What came of it; empty if no server of that name is served. May take some seconds.
     *
     * @param server the registration, {@code namespace/name}
     */
    Optional<ServerReach> of(String server) throws InterruptedException;
}
