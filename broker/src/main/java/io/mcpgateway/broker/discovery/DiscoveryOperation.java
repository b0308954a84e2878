package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.mcp.CapabilityKind;
import java.time.Duration;
import java.util.Set;

/** The one thing to do next; each takes time and ends with an event. */
sealed interface DiscoveryOperation {
    record Connect() implements DiscoveryOperation {}

    record ListAgain(Set<CapabilityKind> kinds) implements DiscoveryOperation {
        public ListAgain {
            kinds = Set.copyOf(kinds);
        }
    }

    record Ping() implements DiscoveryOperation {}

    /** Ask what the server declares today: one that declared no tools may have some by now. */
    record Relearn() implements DiscoveryOperation {}

    /** Wait that long, or until something is announced. */
    record Await(Duration duration) implements DiscoveryOperation {}
}
