package io.mcpgateway.e2e.chaos;

import java.time.Duration;
import java.util.List;

/**
 * How calls may end.
 *
 * @param answers whether calls can be answered while the fault is active; if not, a result must be wrong
 * @param errors how they may fail
 * @param bound the maximum duration of a call, successful or not
 */
record Expectation(boolean answers, List<Allowed> errors, Duration bound) {
    /** For calls that the fault does not affect. Generous, because the machine may be busy. */
    static final Duration USUAL = Duration.ofSeconds(15);

    /** Everything is answered. */
    static final Expectation UNTOUCHED = new Expectation(true, List.of(), USUAL);

    enum Verdict {
        CORRECT,
        /** An error that names the problem. */
        CLEAR,
        WRONG
    }

    Expectation {
        errors = List.copyOf(errors);
    }

    Verdict judge(Attempt attempt) {
        if (attempt.outcome().took().compareTo(bound) > 0 || attempt.outcome().namesAnotherCall()) {
            return Verdict.WRONG;
        }
        if (attempt.outcome().isAnswer()) {
            return answers || !attempt.underFault() ? Verdict.CORRECT : Verdict.WRONG;
        }
        return errors.stream().anyMatch(error -> error.matches(attempt)) ? Verdict.CLEAR : Verdict.WRONG;
    }
}
