package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.bridge.ClientAnswer;
import java.util.Objects;

/** One request of the client that waits for the answer to a call, or for the questions of its server. */
record Attendance(ClientsCall call, ClientAnswer answer) {
    Attendance {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(answer, "answer");
    }
}
