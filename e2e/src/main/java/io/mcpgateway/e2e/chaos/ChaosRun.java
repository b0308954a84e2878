package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.chaos.Caller.Kind;
import io.mcpgateway.e2e.chaos.Crowd.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lets clients call, breaks something, and sees what they get: before, while, and after. */
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

    /** @param calls under each fault, at least */
    public ChaosRun(ChaosBed bed, int calls) {
        this.bed = bed;
        this.calls = calls;
    }

    public ChaosResult of(Fault fault) throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        Tally fragileTally;
        Tally steadyTally;
        try (Crowd fragile = Crowd.start(bed.url(), ChaosBed.FRAGILE_TOOL, CLIENTS, fault.fragile());
                Crowd steady = Crowd.start(bed.url(), ChaosBed.STEADY_TOOL, OTHERS, fault.steady())) {
            fragileTally = fragile.tally();
            steadyTally = steady.tally();
            fragile.awaitMore(calls / 4);
            steady.awaitMore(calls / 10);
            turn(Phase.CHANGING, fragile, steady);
            fault.inject().on(bed);
            turn(Phase.UNDER_FAULT, fragile, steady);
            int answered = fragileTally.count(Expectation.Verdict.CORRECT);
            fragile.awaitMore(calls);
            steady.awaitMore(calls / 10);
            boolean stillAnswers = fragileTally.count(Expectation.Verdict.CORRECT) > answered;
            turn(Phase.CHANGING, fragile, steady);
            fault.heal().on(bed);
            bed.awaitBothServers();
            if (!fragile.recovers(RECOVERY) || !steady.recovers(RECOVERY)) {
                problems.add("a client got no right answer within " + RECOVERY.toSeconds() + " s after the fault");
            }
            if (fault.has(Fault.Trait.ANSWERS) && !stillAnswers) {
                problems.add("no call was answered under the fault");
            }
        }
        if (fault.has(Fault.Trait.SHOWS) && fragileTally.count(Expectation.Verdict.CLEAR) == 0) {
            problems.add("no call failed, so the fault was none");
        }
        return new ChaosResult(fault.name(), Row.of(fragileTally), Row.of(steadyTally), problems);
    }

    private static void turn(Phase phase, Crowd... crowds) {
        for (Crowd crowd : crowds) {
            crowd.phase(phase);
        }
    }

    /** What became of the calls of one server. */
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
