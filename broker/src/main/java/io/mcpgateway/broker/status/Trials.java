package io.mcpgateway.broker.status;

import java.util.Objects;

/**
 * What {@code /status} and its page find out when they are asked.
 *
 * @param rehearsal for {@code /status/route}
 * @param reach for {@code /status/reach}
 * @param page for {@code /ui/mcp}
 */
public record Trials(Rehearsal rehearsal, Reach reach, PageCalls page) {
    public Trials {
        Objects.requireNonNull(rehearsal, "rehearsal");
        Objects.requireNonNull(reach, "reach");
        Objects.requireNonNull(page, "page");
    }
}
