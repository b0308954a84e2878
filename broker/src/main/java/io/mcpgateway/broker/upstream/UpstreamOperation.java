package io.mcpgateway.broker.upstream;

import io.mcpgateway.broker.mcp.CapabilityKind;
import java.time.Duration;
import java.util.Set;

/** The one thing to do next; each takes time and ends with an event. */
sealed interface UpstreamOperation {
    record Connect() implements UpstreamOperation {}

    record ListAgain(Set<CapabilityKind> kinds) implements UpstreamOperation {
        public ListAgain {
            kinds = Set.copyOf(kinds);
        }
    }

    record Ping() implements UpstreamOperation {}

    /** Ask what the server declares today: one that declared no tools may have some by now. */
    record Relearn() implements UpstreamOperation {}

    /** Wait that long, or until something is announced. */
    record Await(Duration duration) implements UpstreamOperation {}
}
