package io.mcpgateway.broker.requeststate;

import java.util.Optional;

/** Opens sealed states at one moment. */
@FunctionalInterface
public interface StateReader {
    /** Takes none. */
    StateReader NONE = (_, _) -> Optional.empty();

    /** What the server gave; empty if it was not sealed here for such calls, or is too old. */
    Optional<String> open(StateBinding binding, String sealed);
}
