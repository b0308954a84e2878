package io.mcpgateway.broker.upstream;

import java.time.Duration;

/** The one thing to do next; each takes time and ends with an event. */
sealed interface UpstreamOperation {
    record Connect() implements UpstreamOperation {}

    record ListTools() implements UpstreamOperation {}

    record Ping() implements UpstreamOperation {}

    /** Wait that long, or until something is announced. */
    record Await(Duration duration) implements UpstreamOperation {}
}
