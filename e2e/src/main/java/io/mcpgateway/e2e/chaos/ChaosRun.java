package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.chaos.Crowd.Member;
import io.mcpgateway.e2e.chaos.Crowd.Phase;
import io.mcpgateway.e2e.words.Caller.Kind;
import io.mcpgateway.e2e.words.Cell;
import io.mcpgateway.e2e.words.Era;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets clients make calls, breaks something, and records what they get before, during and after. */
public final class ChaosRun {
    private static final int FIRST_OF_OTHERS = 50;

    private static final List<Member> CLIENTS = Stream.of(
                    members(ChaosBed.FRAGILE, Era.LEGACY, Kind.KEEPS_ITS_SESSION, Kind.KEEPS_ITS_SESSION),
                    members(ChaosBed.FRAGILE, Era.LEGACY, Kind.CAN_BE_ASKED, Kind.CAN_BE_ASKED),
                    members(ChaosBed.FRAGILE, Era.LEGACY, Kind.ALWAYS_NEW, Kind.ALWAYS_NEW, Kind.IS_ASKED),
                    members(ChaosBed.FRAGILE, Era.LEGACY, Kind.HAS_A_CREDENTIAL, Kind.ANONYMOUS),
                    members(ChaosBed.FRAGILE, Era.LEGACY, Kind.COMES_BACK, Kind.COMES_BACK),
                    members(ChaosBed.FRAGILE_MODERN, Era.MODERN, Kind.KEEPS_ITS_SESSION, Kind.IS_ASKED),
                    members(ChaosBed.FRAGILE_MODERN, Era.MODERN, Kind.ALWAYS_NEW),
                    members(ChaosBed.FRAGILE_MODERN, Era.MODERN, Kind.HAS_A_CREDENTIAL, Kind.ANONYMOUS),
                    members(ChaosBed.FRAGILE_MODERN, Era.MODERN, Kind.COMES_BACK))
            .flatMap(List::stream)
            .toList();
    private static final List<Member> OTHERS = Stream.of(
                    members(ChaosBed.STEADY, Era.LEGACY, Kind.KEEPS_ITS_SESSION, Kind.ALWAYS_NEW, Kind.COMES_BACK),
                    members(ChaosBed.STEADY_MODERN, Era.MODERN, Kind.IS_ASKED, Kind.HAS_A_CREDENTIAL, Kind.LISTENS))
            .flatMap(List::stream)
            .toList();
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final ChaosBed bed;
    private final int calls;

    /** @param calls minimum number of calls during each fault */
    public ChaosRun(ChaosBed bed, int calls) {
        this.bed = bed;
        this.calls = calls;
    }

    public ChaosResult of(Fault fault) throws IOException, InterruptedException {
        try (Crowd fragile = Crowd.start(bed.url(), 0, CLIENTS, fault.fragile());
                Crowd steady = Crowd.start(bed.url(), FIRST_OF_OTHERS, OTHERS, fault.steady())) {
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
            bed.awaitServers();
            if (!fragile.recovers(RECOVERY) || !steady.recovers(RECOVERY)) {
                problems.add("a client got no correct response within " + RECOVERY.toSeconds() + " s after the fault");
            }
            if (fault.has(Fault.Trait.SHOWS) && fragile.tally().count(Expectation.Verdict.CLEAR) == 0) {
                problems.add("no call failed, so the fault had no effect");
            }
            bed.executions().repeated().forEach(call -> problems.add("executed more than once: " + call));
            problems.addAll(bed.unaudited());
            return new ChaosResult(fault.name(), Row.of(fragile.tally()), Row.of(steady.tally()), problems);
        }
    }

    private static List<Member> members(String server, Era era, Kind... kinds) {
        return Stream.of(kinds).map(kind -> new Member(kind, era, server + "_")).toList();
    }

    private List<String> underFault(Fault fault, Crowd fragile, Crowd steady) throws InterruptedException {
        turn(Phase.UNDER_FAULT, fragile, steady);
        List<String> problems = new ArrayList<>();
        int answered = fragile.tally().count(Expectation.Verdict.CORRECT);
        int wanted = fault.has(Fault.Trait.LARGE) ? calls / 10 : calls;
        if (!(fragile.awaitMore(wanted) && fragile.awaitEach() && steady.awaitEach())) {
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
            List<String> wrongOnes,
            Map<Cell, CellCount> cells) {
        static Row of(Tally tally) {
            return new Row(
                    tally.calls(),
                    tally.count(Expectation.Verdict.CORRECT),
                    tally.count(Expectation.Verdict.CLEAR),
                    tally.count(Expectation.Verdict.WRONG),
                    tally.worst().toMillis(),
                    tally.errors(),
                    tally.wrong(),
                    Stream.of(Cell.values())
                            .filter(cell -> tally.calls(cell) > 0)
                            .collect(Collectors.toMap(cell -> cell, cell -> CellCount.of(tally, cell))));
        }
    }

    /** The calls of one cell. */
    public record CellCount(int calls, int clear, int wrong) {
        static final CellCount NONE = new CellCount(0, 0, 0);

        static CellCount of(Tally tally, Cell cell) {
            return new CellCount(
                    tally.calls(cell),
                    tally.count(cell, Expectation.Verdict.CLEAR),
                    tally.count(cell, Expectation.Verdict.WRONG));
        }

        CellCount plus(CellCount more) {
            return new CellCount(calls + more.calls, clear + more.clear, wrong + more.wrong);
        }

        @Override
        public String toString() {
            return calls + "/" + clear + "/" + wrong;
        }
    }
}
