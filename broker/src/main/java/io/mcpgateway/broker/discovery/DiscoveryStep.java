package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.contract.reason.ReasonCode;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

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
                        ? then(checked(state, moment).withLink(up.withProven()), List.of(), moment)
                        : then(state, List.of(), moment);
            case DiscoveryEvent.Relearned() -> relearned(state, moment);
            case DiscoveryEvent.Outdated(String operation, McpOutcome.Failure failure) ->
                outdated(state, Failing.everything(operation, failure), moment);
            case DiscoveryEvent.Failed(String operation, McpOutcome.Failure failure) ->
                failed(state, Failing.everything(operation, failure), moment);
            case DiscoveryEvent.Changed(Set<CapabilityKind> kinds) ->
                onLink(state, moment, up -> up.withChanged(kinds));
            case DiscoveryEvent.WatchOpened(Set<CapabilityKind> kinds) ->
                onLink(state, moment, up -> up.withWatch(kinds));
            case DiscoveryEvent.WatchEnded() -> onLink(state, moment, up -> up.withWatch(Set.of()));
            case DiscoveryEvent.Doubted() -> onLink(state, moment, up -> up.withDoubt(moment.now()));
            case DiscoveryEvent.Elapsed() -> then(state, List.of(), moment);
        };
    }

    /** For a server without tools this was a check, because there is little else to ask it for. */
    private static DiscoveryStep relearned(DiscoveryState state, Moment moment) {
        if (!(state.link() instanceof Link.Up up)) {
            return then(state, List.of(), moment);
        }
        Link.Up again = up.withRelearn(moment.now().plus(moment.timing().relearnInterval()));
        return up.has(CapabilityKind.TOOL)
                ? then(state.withLink(again), List.of(), moment)
                : then(checked(state, moment).withLink(again.withProven()), List.of(), moment);
    }

    private static DiscoveryStep onLink(DiscoveryState state, Moment moment, UnaryOperator<Link.Up> change) {
        return state.link() instanceof Link.Up up
                ? then(state.withLink(change.apply(up)), List.of(), moment)
                : then(state, List.of(), moment);
    }

    private static DiscoveryStep connected(DiscoveryState state, DiscoveryEvent.Connected event, Moment moment) {
        boolean quiet = state.link() instanceof Link.Down(boolean wasQuiet) && wasQuiet;
        Instant relearn = quiet ? Instant.MAX : moment.now().plus(untilRelearned(state, event, moment));
        Link.Up up = Link.Up.fresh(event.agreed(), !quiet, relearn);
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

    /** A server that spoke a modern revision is soon asked again, in case it was only disturbed. */
    private static Duration untilRelearned(DiscoveryState state, DiscoveryEvent.Connected event, Moment moment) {
        boolean spokeModern =
                state.published().map(report -> report.eras().speaksModern()).orElse(false);
        return spokeModern && !event.agreed().eras().speaksModern()
                ? moment.timing().checkInterval()
                : moment.timing().relearnInterval();
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
            effects.add(discovered(state, offer.listings()));
        }
        Set<CapabilityKind> outdated = new HashSet<>(up.relist());
        outdated.removeAll(event.lists().keySet());
        outdated.removeIf(
                kind -> event.refused().containsKey(kind) && offer.pause(kind).misses() == 0);
        outdated.addAll(ListMerge.missed(offer));
        DiscoveryState next = checked(state, moment)
                .withLink(up.withProven().withRelist(outdated))
                .withOffer(offer.withKnowledge(Knowledge.KNOWN))
                .withNothingLogged();
        String message = ListMerge.message(offer, up);
        return then(publish(next, Phase.READY, false, message, Optional.empty(), effects), effects, moment);
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

    /** What worked before is agreed anew at once; what never did is a failure. */
    private static DiscoveryStep outdated(DiscoveryState state, Failing failing, Moment moment) {
        return state.link() instanceof Link.Up up && up.proven()
                ? then(
                        state.withLink(new Link.Down()).withDue(moment.now()),
                        List.of(new DiscoveryEffect.Disconnect(true)),
                        moment)
                : failed(state, failing, moment);
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
        boolean refused = failure.reason() == ReasonCode.CREDENTIAL_REFUSED;
        // Refusals count for themselves: after them a server that is down still has its three attempts.
        int failures = refused == state.refusedSince().isPresent() ? state.failures() + 1 : 1;
        boolean quiet = state.link() instanceof Link.Up up && up.disturbed() && isOfTheSession(failure);
        Knowledge offered = state.offer().knowledge();
        DiscoveryState down = state.withLink(new Link.Down(quiet))
                .withFailures(failures)
                .withRefusedSince(refused ? Optional.of(state.refusedSince().orElse(moment.now())) : Optional.empty())
                .withDue(moment.now().plus(moment.timing().retry(offered, failures, moment.chance())));
        DiscoveryState told = log(down, failing.cause(), effects);
        return then(afterFailure(told, failing, effects), effects, moment);
    }

    private static DiscoveryState afterFailure(DiscoveryState state, Failing failing, List<DiscoveryEffect> effects) {
        Offer offer = state.offer();
        Optional<ReasonCode> code = Optional.of(failing.failure().reason());
        int tools = offer.listings().of(CapabilityKind.TOOL).items().size();
        if (offer.knowledge() == Knowledge.KNOWN && state.refusedSince().isPresent()) {
            String message = failing.cause() + "; its " + tools
                    + " tools are kept as they were listed last, calls with the caller's own token may work";
            return publish(state, Phase.READY, true, message, code, effects);
        }
        if (offer.knowledge() == Knowledge.KNOWN && state.failures() < ATTEMPTS) {
            String message = failing.cause() + "; its " + tools + " tools are kept, failed attempt " + state.failures()
                    + " of " + ATTEMPTS;
            return publish(state, Phase.READY, true, message, code, effects);
        }
        Listings left = offer.listings().without(failing.kinds());
        if (offer.knowledge() == Knowledge.KNOWN && !ListMerge.sameItems(left, offer.listings())) {
            effects.add(discovered(state, left));
        }
        boolean removed = offer.knowledge() != Knowledge.NONE;
        Knowledge knowledge = removed ? Knowledge.REMOVED : Knowledge.NONE;
        DiscoveryState without = state.withOffer(offer.withKnowledge(knowledge).withListings(left));
        String message =
                removed ? failing.cause() + "; tools removed after " + ATTEMPTS + " failed attempts" : failing.cause();
        return publish(without, Phase.FAILED, false, message, code, effects);
    }

    private static DiscoveryEffect discovered(DiscoveryState state, Listings listings) {
        return new DiscoveryEffect.LogDiscovered(
                listings, state.agreed().map(Agreed::protocolVersion).orElse("unknown"));
    }

    /** Whether a failure may mean that the server does not know the session. */
    private static boolean isOfTheSession(McpOutcome.Failure failure) {
        return switch (failure) {
            case McpOutcome.SessionLost _ -> true;
            case McpOutcome.HttpFailure http -> http.status() >= 400 && DiscoverAnswer.isAboutTheRequest(http.status());
            case McpOutcome.RpcError _,
                    McpOutcome.ProtocolViolation _,
                    McpOutcome.Timeout _,
                    McpOutcome.Unreachable _ -> false;
        };
    }

    private static DiscoveryState log(DiscoveryState state, String cause, List<DiscoveryEffect> effects) {
        if (state.logged().equals(Optional.of(cause))) {
            return state;
        }
        boolean refused = state.refusedSince().isPresent();
        effects.add(refused ? new DiscoveryEffect.LogAuthFailure(cause) : new DiscoveryEffect.LogFailure(cause));
        return state.withLogged(cause);
    }

    /** Adds a report to the effects, unless it only repeats the last one at a later time. */
    private static DiscoveryState publish(
            DiscoveryState state,
            Phase phase,
            boolean kept,
            String message,
            Optional<ReasonCode> code,
            List<DiscoveryEffect> effects) {
        Optional<Agreed> session = state.agreed();
        ServerReport report = new ServerReport(
                state.server(),
                phase,
                message,
                session,
                state.offer().listings(),
                state.seen(),
                code,
                kept,
                state.refusedSince(),
                state.offer().privateLists());
        boolean repeated = state.published()
                .filter(last -> last.phase() == phase
                        && last.message().equals(message)
                        && last.session().equals(session)
                        && last.refusedSince().equals(report.refusedSince())
                        && last.listings().equals(report.listings())
                        && last.privateLists().equals(report.privateLists()))
                .isPresent();
        if (repeated) {
            return state;
        }
        effects.add(new DiscoveryEffect.Publish(report));
        return state.withPublished(report);
    }

    private static DiscoveryState checked(DiscoveryState state, Moment moment) {
        return state.withSeen(moment.now())
                .withFailures(0)
                .withRefusedSince(Optional.empty())
                .withDue(moment.now().plus(moment.timing().checkInterval()));
    }

    private static DiscoveryStep then(DiscoveryState state, List<DiscoveryEffect> effects, Moment moment) {
        return new DiscoveryStep(state, effects, DiscoveryOperation.next(state, moment));
    }
}
