package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.discovery.DiscoveryState.Knowledge;
import io.mcpgateway.broker.discovery.DiscoveryState.Link;
import io.mcpgateway.broker.discovery.DiscoveryState.Offer;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One step of a loop: state and event in; new state, effects and the next operation out. Pure.
 *
 * <p>What a server offers survives two failed attempts in a row; the third removes it. A refused credential removes
 * nothing: the server is there, and callers may have their own credentials. A failure ends the session, because only a
 * new initialize and list prove that the server is back.
 */
record DiscoveryStep(DiscoveryState state, List<DiscoveryEffect> effects, DiscoveryOperation next) {
    static final int ATTEMPTS = 3;

    DiscoveryStep {
        effects = List.copyOf(effects);
    }

    /**
     * The moment of a step.
     *
     * @param chance from 0 to 1, for the length of waits
     */
    record Moment(Instant now, double chance, DiscoveryTiming timing) {}

    static DiscoveryStep start(DiscoveryState state, Moment moment) {
        return then(state, List.of(), moment);
    }

    static DiscoveryStep apply(DiscoveryState state, DiscoveryEvent event, Moment moment) {
        return switch (event) {
            case DiscoveryEvent.Connected connected -> connected(state, connected, moment);
            case DiscoveryEvent.Listed listed -> listed(state, listed, moment);
            case DiscoveryEvent.Answered() ->
                state.link() instanceof Link.Up up
                        ? then(checked(state, moment).withLink(answered(up, moment)), List.of(), moment)
                        : then(state, List.of(), moment);
            case DiscoveryEvent.Failed(String operation, McpOutcome.Failure failure) ->
                failed(state, Failing.everything(operation, failure), moment);
            case DiscoveryEvent.Changed(Set<CapabilityKind> kinds) ->
                onLink(state, moment, up -> up.withChanged(kinds));
            case DiscoveryEvent.WatchOpened() -> onLink(state, moment, up -> up.withWatch(true));
            case DiscoveryEvent.WatchEnded() -> onLink(state, moment, up -> up.withWatch(false));
            case DiscoveryEvent.Elapsed() -> then(state, List.of(), moment);
        };
    }

    private static Link.Up answered(Link.Up up, Moment moment) {
        Link.Up proven = up.withProven();
        return up.asksAgain(moment.now())
                ? proven.withRelearn(moment.now().plus(moment.timing().relearnInterval()))
                : proven;
    }

    private static DiscoveryStep onLink(DiscoveryState state, Moment moment, UnaryOperator<Link.Up> change) {
        return state.link() instanceof Link.Up up
                ? then(state.withLink(change.apply(up)), List.of(), moment)
                : then(state, List.of(), moment);
    }

    private static DiscoveryStep connected(DiscoveryState state, DiscoveryEvent.Connected event, Moment moment) {
        Link.Up up =
                Link.Up.fresh(event.agreed(), moment.now().plus(moment.timing().relearnInterval()));
        DiscoveryState open = state.withLink(up).withOffer(state.offer().withoutPauses());
        List<DiscoveryEffect> effects = new ArrayList<>();
        if (state.offer().knowledge() != Knowledge.NONE) {
            effects.add(new DiscoveryEffect.TellRenewed());
        }
        if (up.declared().isEmpty()) {
            DiscoveryStep listed = listed(open, new DiscoveryEvent.Listed(Map.of(), Map.of()), moment);
            effects.addAll(listed.effects());
            return new DiscoveryStep(listed.state(), effects, listed.next());
        }
        if (!up.announced().isEmpty()) {
            effects.add(new DiscoveryEffect.StartWatch());
        }
        return then(open.withDue(moment.now().plus(moment.timing().checkInterval())), effects, moment);
    }

    private static DiscoveryStep listed(DiscoveryState state, DiscoveryEvent.Listed event, Moment moment) {
        if (!(state.link() instanceof Link.Up up)) {
            return then(state, List.of(), moment);
        }
        Offer offer = ListMerge.merge(state.offer(), up, event, moment);
        McpOutcome.Failure toolsRefused = event.refused().get(CapabilityKind.TOOL);
        if (toolsRefused != null) {
            // As if the server were down, but only its tools: what else it lists is served.
            return failed(state.withOffer(offer), Failing.tools(toolsRefused), moment);
        }
        List<DiscoveryEffect> effects = new ArrayList<>();
        boolean first = state.offer().knowledge() != Knowledge.KNOWN;
        if (first || !offer.listings().equals(state.offer().listings())) {
            effects.add(new DiscoveryEffect.LogDiscovered(offer.listings()));
        }
        Set<CapabilityKind> outdated = new HashSet<>(up.relist());
        outdated.removeAll(event.lists().keySet());
        outdated.removeIf(
                kind -> event.refused().containsKey(kind) && offer.pause(kind).misses() == 0);
        outdated.addAll(ListMerge.missed(offer));
        DiscoveryState next = checked(state, moment)
                .withLink(up.withProven().withRelist(outdated))
                .withOffer(new Offer(Knowledge.KNOWN, offer.listings(), offer.pauses()))
                .withNothingLogged();
        return then(publish(next, Phase.READY, false, ListMerge.message(offer, up), moment, effects), effects, moment);
    }

    /**
     * What failed.
     *
     * @param kinds what cannot be served if it goes on failing
     */
    private record Failing(String operation, McpOutcome.Failure failure, Set<CapabilityKind> kinds) {
        static Failing everything(String operation, McpOutcome.Failure failure) {
            return new Failing(operation, failure, Set.of(CapabilityKind.values()));
        }

        static Failing tools(McpOutcome.Failure failure) {
            return new Failing(CapabilityKind.TOOL.listMethod().wireName(), failure, Set.of(CapabilityKind.TOOL));
        }

        String cause() {
            return operation + " failed: " + failure.message();
        }
    }

    private static DiscoveryStep failed(DiscoveryState state, Failing failing, Moment moment) {
        List<DiscoveryEffect> effects = new ArrayList<>();
        McpOutcome.Failure failure = failing.failure();
        boolean lost = failure instanceof McpOutcome.SessionLost;
        if (state.link() instanceof Link.Up up) {
            effects.add(new DiscoveryEffect.Disconnect(!lost && !(failure instanceof McpOutcome.Unreachable)));
            if (lost && up.proven()) {
                // Servers restart: a session that worked is replaced at once. One that never did is a failure.
                return then(state.withLink(new Link.Down()).withDue(moment.now()), effects, moment);
            }
        }
        boolean refused = isRefusal(failure);
        // Refusals count for themselves: after them a server that is down still has its three attempts.
        int failures = refused == state.refusedSince().isPresent() ? state.failures() + 1 : 1;
        DiscoveryState down = state.withLink(new Link.Down())
                .withFailures(failures)
                .withRefusedSince(refused ? Optional.of(state.refusedSince().orElse(moment.now())) : Optional.empty())
                .withDue(moment.now().plus(moment.timing().backoff(failures, moment.chance())));
        DiscoveryState told = log(down, failure, failing.cause(), effects);
        return then(afterFailure(told, failing, moment, effects), effects, moment);
    }

    private static DiscoveryState afterFailure(
            DiscoveryState state, Failing failing, Moment moment, List<DiscoveryEffect> effects) {
        Offer offer = state.offer();
        int tools = offer.listings().of(CapabilityKind.TOOL).items().size();
        if (offer.knowledge() == Knowledge.KNOWN && state.refusedSince().isPresent()) {
            String message = failing.cause() + "; its " + tools
                    + " tools are kept as they were listed last, calls with the caller's own token may work";
            return publish(state, Phase.READY, true, message, moment, effects);
        }
        if (offer.knowledge() == Knowledge.KNOWN && state.failures() < ATTEMPTS) {
            String message = failing.cause() + "; its " + tools + " tools are kept, failed attempt " + state.failures()
                    + " of " + ATTEMPTS;
            return publish(state, Phase.READY, true, message, moment, effects);
        }
        Listings left = offer.listings().without(failing.kinds());
        if (offer.knowledge() == Knowledge.KNOWN && !ListMerge.sameItems(left, offer.listings())) {
            effects.add(new DiscoveryEffect.LogDiscovered(left));
        }
        boolean removed = offer.knowledge() != Knowledge.NONE;
        Knowledge knowledge = removed ? Knowledge.REMOVED : Knowledge.NONE;
        DiscoveryState without = state.withOffer(new Offer(knowledge, left, offer.pauses()));
        String message =
                removed ? failing.cause() + "; tools removed after " + ATTEMPTS + " failed attempts" : failing.cause();
        return publish(without, Phase.FAILED, false, message, moment, effects);
    }

    private static boolean isRefusal(McpOutcome.Failure failure) {
        return failure instanceof McpOutcome.HttpFailure http && http.refusedCredential();
    }

    private static DiscoveryState log(
            DiscoveryState state, McpOutcome.Failure failure, String cause, List<DiscoveryEffect> effects) {
        if (state.logged().equals(Optional.of(cause))) {
            return state;
        }
        effects.add(
                isRefusal(failure) ? new DiscoveryEffect.LogAuthFailure(cause) : new DiscoveryEffect.LogFailure(cause));
        return state.withLogged(cause);
    }

    /** Adds a report to the effects, unless it only repeats the last one at a later time. */
    private static DiscoveryState publish(
            DiscoveryState state,
            Phase phase,
            boolean kept,
            String message,
            Moment moment,
            List<DiscoveryEffect> effects) {
        Optional<Agreed> session = state.link() instanceof Link.Up up
                ? Optional.of(up.agreed())
                : state.published().flatMap(ServerReport::session);
        Optional<Instant> validated = phase == Phase.READY && state.failures() == 0
                ? Optional.of(moment.now())
                : state.published().flatMap(ServerReport::lastValidated);
        ServerReport report = new ServerReport(
                state.server(),
                phase,
                message,
                session,
                state.offer().listings(),
                validated,
                kept,
                state.refusedSince());
        boolean repeated = state.published()
                .filter(last -> last.phase() == phase
                        && last.message().equals(message)
                        && last.session().equals(session)
                        && last.refusedSince().equals(report.refusedSince())
                        && last.listings().equals(report.listings()))
                .isPresent();
        if (repeated) {
            return state;
        }
        effects.add(new DiscoveryEffect.Publish(report));
        return state.withPublished(report);
    }

    private static DiscoveryState checked(DiscoveryState state, Moment moment) {
        return state.withFailures(0)
                .withRefusedSince(Optional.empty())
                .withDue(moment.now().plus(moment.timing().checkInterval()));
    }

    private static DiscoveryStep then(DiscoveryState state, List<DiscoveryEffect> effects, Moment moment) {
        return new DiscoveryStep(state, effects, next(state, moment));
    }

    private static DiscoveryOperation next(DiscoveryState state, Moment moment) {
        Instant now = moment.now();
        boolean due = !now.isBefore(state.due());
        return switch (state.link()) {
            case Link.Down() ->
                due
                        ? new DiscoveryOperation.Connect()
                        : new DiscoveryOperation.Await(Duration.between(now, state.due()));
            case Link.Up up -> {
                Offer offer = state.offer();
                Set<CapabilityKind> ripe = up.relist().stream()
                        .filter(kind -> !now.isBefore(offer.pause(kind).until()))
                        .collect(Collectors.toSet());
                if (!ripe.isEmpty()) {
                    yield new DiscoveryOperation.ListAgain(ripe);
                }
                if (due && up.asksAgain(now)) {
                    yield new DiscoveryOperation.Relearn();
                }
                if (due) {
                    yield up.unannounced().isEmpty()
                            ? new DiscoveryOperation.Ping()
                            : new DiscoveryOperation.ListAgain(up.unannounced());
                }
                Instant until = up.relist().stream()
                        .map(kind -> offer.pause(kind).until())
                        .filter(instant -> instant.isBefore(state.due()))
                        .min(Comparator.naturalOrder())
                        .orElse(state.due());
                yield new DiscoveryOperation.Await(Duration.between(now, until));
            }
        };
    }
}
