package io.mcpgateway.broker.answer;

import io.mcpgateway.broker.refusal.Refusal;
import java.util.Objects;

/** What the answer of a server to a routed message means for the client and for the session at the server. */
public sealed interface ResponseDecision {
    /** The client gets the answer, and nothing else follows from it. */
    ResponseDecision PASS_ON = new PassOn(SessionState.KEPT);

    /** What we know of the session at the server after this answer. */
    SessionState session();

    /** The client gets the answer as it is. */
    record PassOn(SessionState session) implements ResponseDecision {
        public PassOn {
            Objects.requireNonNull(session, "session");
        }
    }

    /**
     * The client gets another answer.
     *
     * @param notExecuted the status proves that the server did not run the call, so that it may be sent again
     */
    record Instead(Refusal answer, SessionState session, boolean notExecuted) implements ResponseDecision {
        public Instead {
            Objects.requireNonNull(answer, "answer");
            Objects.requireNonNull(session, "session");
        }
    }

    /** See {@link #session}. */
    enum SessionState {
        /** Nothing new. */
        KEPT,
        /** It may be gone: before its next call the server is asked whether it still knows it. */
        IN_DOUBT,
        /** It is gone: the next call needs a new one. */
        LOST
    }
}
