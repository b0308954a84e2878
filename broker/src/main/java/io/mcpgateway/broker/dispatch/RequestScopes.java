package io.mcpgateway.broker.dispatch;

import java.util.Optional;
import java.util.function.Function;

/** Surrounds everything that an adapter does for one request. */
public interface RequestScopes {
    /**
     * A request has begun.
     *
     * @param transport what is said beside the request itself, such as gRPC metadata, by lower-case name
     */
    Scope begin(Function<String, Optional<String>> transport);

    /** One request. Its steps may come from several threads. */
    interface Scope {
        /** Runs a step of the request. */
        void within(Runnable step);

        /** The request is over. A step that runs on may still come to its end. */
        void end();
    }
}
