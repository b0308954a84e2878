package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.telemetry.BridgedOutcome;
import java.util.Objects;
import java.util.function.Function;

/** What a call came to, for whichever request of its client gets to know. */
record Reached(BridgedOutcome outcome, Function<ClientsCall, HttpAnswer> answer) {
    Reached {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(answer, "answer");
    }

    void tell(Attendance waiting) {
        waiting.answer().conclude(answer.apply(waiting.call()));
    }
}
