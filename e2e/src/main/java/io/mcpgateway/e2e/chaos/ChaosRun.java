package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.chaos.Caller.Kind;
import io.mcpgateway.e2e.chaos.Crowd.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets clients make calls, breaks something, and records what they get before, during and after. */
public final class ChaosRun {
    private static final List<Kind> CLIENTS = List.of(
            Kind.KEEPS_ITS_SESSION,
            Kind.KEEPS_ITS_SESSION,
            Kind.CAN_BE_ASKED,
            Kind.CAN_BE_ASKED,
            Kind.ALWAYS_NEW,
            Kind.ALWAYS_NEW);
    private static final List<Kind> OTHERS = List.of(Kind.KEEPS_ITS_SESSION, Kind.ALWAYS_NEW);
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final ChaosBed bed;
    private final int calls;

    /** @param calls minimum number of calls during each fault */
    public ChaosRun(ChaosBed bed, int calls) {
        this.bed = bed;
        this.calls = calls;
    }

    public ChaosResult of(Fault fault) throws IOException, InterruptedException {
        try (Crowd fragile = Crowd.start(bed.url(), ChaosBed.FRAGILE_TOOL, CLIENTS, fault.fragile());
                Crowd steady = Crowd.start(bed.url(), ChaosBed.STEADY_TOOL, OTHERS, fault.steady())) {
            List<String> problems = new ArrayList<>();
            if (!(fragile.awaitMore(calls / 4) && steady.awaitMore(calls / 10))) {
                problems.add("the calls before the fault did not end in time");
            }
            turn(Phase.CHANGING, fragile, steady);
            fault.prepare().on(bed);
            // The next call of a client to end may have started before; the one after it has not.
            boolean ended = fragile.recovers(RECOVERY);
            boolean again = fragile.recovers(RECOVERY);
            if (!ended || !again) {
                problems.add("the calls in progress when the fault was prepared did not end in time");
            }
            fault.inject().on(bed);
            problems.addAll(underFault(fault, fragile, steady));
            fault.heal().on(bed);
            bed.awaitBothServers();
            if (!fragile.recovers(RECOVERY) || !steady.recovers(RECOVERY)) {
                problems.add("a client got no correct response within " + RECOVERY.toSeconds() + " s after the fault");
            }
            if (fault.has(Fault.Trait.SHOWS) && fragile.tally().count(Expectation.Verdict.CLEAR) == 0) {
                problems.add("no call failed, so the fault had no effect");
            }
            return new ChaosResult(fault.name(), Row.of(fragile.tally()), Row.of(steady.tally()), problems);
        }
    }

    private List<String> underFault(Fault fault, Crowd fragile, Crowd steady) throws InterruptedException {
        turn(Phase.UNDER_FAULT, fragile, steady);
        List<String> problems = new ArrayList<>();
        int answered = fragile.tally().count(Expectation.Verdict.CORRECT);
        int wanted = fault.has(Fault.Trait.LARGE) ? calls / 10 : calls;
        if (!(fragile.awaitMore(wanted) && steady.awaitMore(wanted / 10))) {
            problems.add("the calls did not end in time");
        }
        if (fault.has(Fault.Trait.ANSWERS) && fragile.tally().count(Expectation.Verdict.CORRECT) == answered) {
            problems.add("no call was answered during the fault");
        }
        turn(Phase.CHANGING, fragile, steady);
        return problems;
    }

    private static void turn(Phase phase, Crowd... crowds) {
        for (Crowd crowd : crowds) {
            crowd.phase(phase);
        }
    }

    /** The results of one server's calls. */
    public record Row(
            int calls,
            int correct,
            int clear,
            int wrong,
            long worstMillis,
            Map<String, Integer> errors,
            List<String> wrongOnes) {
        static Row of(Tally tally) {
            return new Row(
                    tally.calls(),
                    tally.count(Expectation.Verdict.CORRECT),
                    tally.count(Expectation.Verdict.CLEAR),
                    tally.count(Expectation.Verdict.WRONG),
                    tally.worst().toMillis(),
                    tally.errors(),
                    tally.wrong());
        }
    }
}
