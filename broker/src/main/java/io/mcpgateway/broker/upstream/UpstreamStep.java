package io.mcpgateway.broker.upstream;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerReport.Phase;
import io.mcpgateway.broker.catalog.ServerStatusText;
import io.mcpgateway.broker.catalog.ServerTools;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.ServerCapabilities;
import io.mcpgateway.broker.upstream.UpstreamState.Knowledge;
import io.mcpgateway.broker.upstream.UpstreamState.Link;
import io.mcpgateway.broker.upstream.UpstreamState.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One step of a loop: state and event in; new state, effects and the next operation out. Pure.
 *
 * <p>A server's tools survive two failed attempts in a row; the third removes them. A failure ends the session, because
 * only a new initialize and list prove that the server is back.
 */
record UpstreamStep(UpstreamState state, List<UpstreamEffect> effects, UpstreamOperation next) {
    static final int ATTEMPTS = 3;

    UpstreamStep {
        effects = List.copyOf(effects);
    }

    /**
     * The moment of a step.
     *
     * @param chance from 0 to 1, for the length of waits
     */
    record Moment(Instant now, double chance, UpstreamTiming timing) {}

    static UpstreamStep start(UpstreamState state, Moment moment) {
        return then(state, List.of(), moment);
    }

    static UpstreamStep apply(UpstreamState state, UpstreamEvent event, Moment moment) {
        return switch (event) {
            case UpstreamEvent.Connected connected -> connected(state, connected, moment);
            case UpstreamEvent.Listed(ServerTools tools) -> listed(state, tools, moment);
            case UpstreamEvent.Answered() ->
                state.link() instanceof Link.Up up
                        ? then(checked(state, moment).withLink(up.withProven()), List.of(), moment)
                        : then(state, List.of(), moment);
            case UpstreamEvent.Failed(String operation, McpOutcome.Failure failure) ->
                failed(state, operation, failure, moment);
            case UpstreamEvent.ToolsChanged() -> onLink(state, moment, up -> up.withRelist(true));
            case UpstreamEvent.WatchOpened() -> onLink(state, moment, up -> up.withWatch(true));
            case UpstreamEvent.WatchEnded() -> onLink(state, moment, up -> up.withWatch(false));
            case UpstreamEvent.Elapsed() -> then(state, List.of(), moment);
        };
    }

    private static UpstreamStep onLink(UpstreamState state, Moment moment, UnaryOperator<Link.Up> change) {
        return state.link() instanceof Link.Up up
                ? then(state.withLink(change.apply(up)), List.of(), moment)
                : then(state, List.of(), moment);
    }

    private static UpstreamStep connected(UpstreamState state, UpstreamEvent.Connected event, Moment moment) {
        ServerCapabilities capabilities = event.capabilities();
        Link.Up up = new Link.Up(event.protocolVersion(), capabilities, false, false, capabilities.tools());
        UpstreamState open = state.withLink(up);
        if (!capabilities.tools()) {
            return listed(open, ServerTools.NONE, moment);
        }
        Offer outdated = new Offer(open.offer().knowledge(), open.offer().tools(), Instant.MIN);
        List<UpstreamEffect> effects =
                capabilities.toolsListChanged() ? List.of(new UpstreamEffect.StartWatch()) : List.of();
        return then(
                open.withOffer(outdated)
                        .withDue(moment.now().plus(moment.timing().checkInterval())),
                effects,
                moment);
    }

    private static UpstreamStep listed(UpstreamState state, ServerTools tools, Moment moment) {
        if (!(state.link() instanceof Link.Up up)) {
            return then(state, List.of(), moment);
        }
        List<UpstreamEffect> effects = new ArrayList<>();
        boolean first = state.offer().knowledge() != Knowledge.KNOWN;
        if (first || !tools.tools().equals(state.offer().tools().tools())) {
            effects.add(new UpstreamEffect.LogDiscovered(tools.tools().size()));
        }
        ServerTools same = tools.equals(state.offer().tools()) ? state.offer().tools() : tools;
        UpstreamState next = checked(state, moment)
                .withLink(up.withProven().withRelist(false))
                .withOffer(new Offer(Knowledge.KNOWN, same, moment.now()))
                .withNothingLogged();
        String message = up.capabilities().tools()
                ? ServerStatusText.added(same)
                : ServerStatusText.added(same) + ": the server declares no tools capability";
        return then(publish(next, Phase.READY, message, moment, effects), effects, moment);
    }

    private static UpstreamStep failed(
            UpstreamState state, String operation, McpOutcome.Failure failure, Moment moment) {
        List<UpstreamEffect> effects = new ArrayList<>();
        boolean lost = failure instanceof McpOutcome.SessionLost;
        if (state.link() instanceof Link.Up up) {
            effects.add(new UpstreamEffect.Disconnect(!lost && !(failure instanceof McpOutcome.Unreachable)));
            if (lost && up.proven()) {
                // Servers restart: a session that worked is replaced at once. One that never did is a failure.
                return then(state.withLink(new Link.Down()).withDue(moment.now()), effects, moment);
            }
        }
        int failures = state.failures() + 1;
        UpstreamState down = state.withLink(new Link.Down())
                .withFailures(failures)
                .withDue(moment.now().plus(moment.timing().backoff(failures, moment.chance())));
        String cause = operation + " failed: " + failure.message();
        UpstreamState told = log(down, failure, cause, effects);
        return then(afterFailure(told, cause, moment, effects), effects, moment);
    }

    private static UpstreamState afterFailure(
            UpstreamState state, String cause, Moment moment, List<UpstreamEffect> effects) {
        Offer offer = state.offer();
        if (offer.knowledge() == Knowledge.KNOWN && state.failures() < ATTEMPTS) {
            String message = cause + "; its " + offer.tools().tools().size() + " tools are kept, failed attempt "
                    + state.failures() + " of " + ATTEMPTS;
            return publish(state, Phase.READY, message, moment, effects);
        }
        if (offer.knowledge() == Knowledge.KNOWN && !offer.tools().tools().isEmpty()) {
            effects.add(new UpstreamEffect.LogDiscovered(0));
        }
        boolean removed = offer.knowledge() != Knowledge.NONE;
        Knowledge knowledge = removed ? Knowledge.REMOVED : Knowledge.NONE;
        UpstreamState without = state.withOffer(new Offer(knowledge, ServerTools.NONE, offer.listedAt()));
        String message = removed ? cause + "; tools removed after " + ATTEMPTS + " failed attempts" : cause;
        return publish(without, Phase.FAILED, message, moment, effects);
    }

    private static UpstreamState log(
            UpstreamState state, McpOutcome.Failure failure, String cause, List<UpstreamEffect> effects) {
        if (state.logged().equals(Optional.of(cause))) {
            return state;
        }
        boolean auth = failure instanceof McpOutcome.HttpFailure http && http.refusedCredential();
        effects.add(auth ? new UpstreamEffect.LogAuthFailure(cause) : new UpstreamEffect.LogFailure(cause));
        return state.withLogged(cause);
    }

    /** Adds a report to the effects, unless it only repeats the last one at a later time. */
    private static UpstreamState publish(
            UpstreamState state, Phase phase, String message, Moment moment, List<UpstreamEffect> effects) {
        Optional<String> version = state.link() instanceof Link.Up up
                ? Optional.of(up.protocolVersion())
                : state.published().flatMap(ServerReport::protocolVersion);
        Optional<Instant> validated = phase == Phase.READY && state.failures() == 0
                ? Optional.of(moment.now())
                : state.published().flatMap(ServerReport::lastValidated);
        ServerTools tools = state.offer().tools();
        ServerReport report =
                new ServerReport(state.server(), phase, message, version, tools.tools(), tools.invalid(), validated);
        boolean repeated = state.published()
                .filter(last -> last.phase() == phase
                        && last.message().equals(message)
                        && last.protocolVersion().equals(version)
                        && last.tools().equals(report.tools())
                        && last.invalidTools().equals(report.invalidTools()))
                .isPresent();
        if (repeated) {
            return state;
        }
        effects.add(new UpstreamEffect.Publish(report));
        return state.withPublished(report);
    }

    private static UpstreamState checked(UpstreamState state, Moment moment) {
        return state.withFailures(0).withDue(moment.now().plus(moment.timing().checkInterval()));
    }

    private static UpstreamStep then(UpstreamState state, List<UpstreamEffect> effects, Moment moment) {
        return new UpstreamStep(state, effects, next(state, moment));
    }

    private static UpstreamOperation next(UpstreamState state, Moment moment) {
        Instant now = moment.now();
        boolean due = !now.isBefore(state.due());
        return switch (state.link()) {
            case Link.Down() ->
                due ? new UpstreamOperation.Connect() : new UpstreamOperation.Await(Duration.between(now, state.due()));
            case Link.Up up -> {
                Instant listAt = listAt(state.offer(), moment);
                if (up.relist() && !now.isBefore(listAt)) {
                    yield new UpstreamOperation.ListTools();
                }
                if (due) {
                    yield up.capabilities().tools() && !up.watching()
                            ? new UpstreamOperation.ListTools()
                            : new UpstreamOperation.Ping();
                }
                Instant until = up.relist() && listAt.isBefore(state.due()) ? listAt : state.due();
                yield new UpstreamOperation.Await(Duration.between(now, until));
            }
        };
    }

    private static Instant listAt(Offer offer, Moment moment) {
        return offer.listedAt().equals(Instant.MIN)
                ? Instant.MIN
                : offer.listedAt().plus(moment.timing().leastBetweenLists());
    }
}
