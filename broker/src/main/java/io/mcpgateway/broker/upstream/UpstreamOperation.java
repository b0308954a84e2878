package io.mcpgateway.broker.upstream;

import io.mcpgateway.broker.catalog.CapabilityKind;
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

    /** Wait that long, or until something is announced. */
    record Await(Duration duration) implements UpstreamOperation {}
}
