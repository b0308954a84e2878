package io.mcpgateway.broker.status;

import java.util.Objects;

/**
 * What {@code /status} finds out when it is asked.
 *
 * @param rehearsal for {@code /status/route}
 * @param reach for {@code /status/reach}
 */
public record Trials(Rehearsal rehearsal, Reach reach) {
    public Trials {
        Objects.requireNonNull(rehearsal, "rehearsal");
        Objects.requireNonNull(reach, "reach");
    }
}
