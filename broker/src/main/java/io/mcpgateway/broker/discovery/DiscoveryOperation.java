package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.discovery.DiscoveryState.Link;
import io.mcpgateway.broker.discovery.DiscoveryState.Offer;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one thing to do next, which is a pure decision; each takes time and ends with an event. */
sealed interface DiscoveryOperation {
    /**
     * Find out what the server speaks, and agree with it.
     *
     * @param asking whether to ask for a modern revision after initialize
     */
    record Connect(boolean asking) implements DiscoveryOperation {
        Connect() {
            this(true);
        }
    }

    record ListAgain(Set<CapabilityKind> kinds) implements DiscoveryOperation {
        public ListAgain {
            kinds = Set.copyOf(kinds);
        }
    }

    /** Ask whether the server is there. */
    record Ping() implements DiscoveryOperation {}

    /** Ask what the server speaks and declares today. */
    record Relearn() implements DiscoveryOperation {}

    /** Wait that long, or until something is announced. */
    record Await(Duration duration) implements DiscoveryOperation {}

    /** What to do next, of where a loop stands. */
    static DiscoveryOperation next(DiscoveryState state, DiscoveryStep.Moment moment) {
        Instant now = moment.now();
        boolean due = !now.isBefore(state.due());
        return switch (state.link()) {
            case Link.Down(boolean quiet) ->
                due
                        ? new DiscoveryOperation.Connect(!quiet)
                        : new DiscoveryOperation.Await(Duration.between(now, state.due()));
            case Link.Up up -> {
                Set<CapabilityKind> ripe = ripe(up, state.offer(), now);
                if (!ripe.isEmpty()) {
                    yield new DiscoveryOperation.ListAgain(ripe);
                }
                if (up.asksAgain(now)) {
                    yield new DiscoveryOperation.Relearn();
                }
                if (due) {
                    yield up.unannounced().isEmpty()
                            ? new DiscoveryOperation.Ping()
                            : new DiscoveryOperation.ListAgain(up.unannounced());
                }
                yield new DiscoveryOperation.Await(Duration.between(now, nextTime(up, state)));
            }
        };
    }

    /** The lists that must be requested, and may be. */
    private static Set<CapabilityKind> ripe(Link.Up up, Offer offer, Instant now) {
        Set<CapabilityKind> wanted = new HashSet<>(up.relist());
        up.unannounced().stream()
                .filter(kind -> !now.isBefore(offer.pause(kind).outdated()))
                .forEach(wanted::add);
        return wanted.stream()
                .filter(kind -> !now.isBefore(offer.pause(kind).until()))
                .collect(Collectors.toSet());
    }

    private static Instant nextTime(Link.Up up, DiscoveryState state) {
        Stream<Instant> relist =
                up.relist().stream().map(kind -> state.offer().pause(kind).until());
        Stream<Instant> outdated =
                up.unannounced().stream().map(kind -> state.offer().pause(kind).outdated());
        return Stream.concat(Stream.of(up.relearn()), Stream.concat(relist, outdated))
                .filter(instant -> instant.isBefore(state.due()))
                .min(Instant::compareTo)
                .orElse(state.due());
    }
}
