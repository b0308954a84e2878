package io.mcpgateway.broker.session;

import java.util.Objects;

/** Whether a session token is valid, for one caller at one moment. */
public sealed interface SessionVerdict {
    record Valid(GatewaySession session) implements SessionVerdict {
        public Valid {
            Objects.requireNonNull(session, "session");
        }
    }

    /** The request has no token. */
    record Missing() implements SessionVerdict {}

    record Expired() implements SessionVerdict {}

    /** Ended by DELETE. */
    record Revoked() implements SessionVerdict {}

    /** A valid token, but whether its session was ended cannot be found out now. */
    record Unconfirmed() implements SessionVerdict {}

    /** A valid token, used with another caller's credential than it was issued to. */
    record ForeignCaller() implements SessionVerdict {}

    /** A valid token, used at another URL than the one at which the session began. */
    record OtherUrl(GatewaySession session) implements SessionVerdict {
        public OtherUrl {
            Objects.requireNonNull(session, "session");
        }
    }

    /**
     * Not a token of ours.
     *
     * @param reason for the log, without any part of the token
     */
    record Invalid(String reason) implements SessionVerdict {
        public Invalid {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
