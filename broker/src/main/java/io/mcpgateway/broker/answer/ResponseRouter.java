package io.mcpgateway.broker.answer;

import io.mcpgateway.broker.answer.ResponseDecision.Instead;
import io.mcpgateway.broker.answer.ResponseDecision.PassOn;
import io.mcpgateway.broker.answer.ResponseDecision.SessionState;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.router.CallMetadata;
import java.time.Duration;
import java.util.Optional;

/**
 * What the status of an answer to a routed message means. Pure. Both adapters use this table; docs/adr/014 gives the reason
 * for each row. A new row needs a case here, the status in {@code WatchedAnswers} (Envoy only shows us those), and a line
 * in {@code ResponseRouterTest}.
 *
 * <p>No row looks at texts, and no 404 reaches a client whose session with the gateway lives: by MCP it would throw that
 * session away. A modern client has none to lose.
 */
public final class ResponseRouter {
    private ResponseRouter() {}

    /**
     * What this answer says of a message that went to {@code server}.
     *
     * @param server its name, as clients may read it
     */
    public static ResponseDecision decide(ServerAnswer answer, CallMetadata call, String server) {
        return switch (call) {
            case CallMetadata.InSession inSession -> inSession(answer.status(), inSession, server);
            case CallMetadata.Sessionless sessionless -> sessionless(answer, sessionless, server);
        };
    }

    private static ResponseDecision inSession(int status, CallMetadata.InSession call, String server) {
        boolean hasId = call.serverSession().id().isPresent();
        return switch (status) {
            // MCP 2025-11-25, "Session Management": 404 to a request that names a session means that the session is
            // over, and the message was not looked at. 410 says the same in HTTP's own words.
            case 404, 410 -> hasId ? lost(call, server) : noSuchPath(status, call, server);
            // Many servers answer these to a session that they forgot, but to other things as well.
            case 400, 401, 500 -> new PassOn(hasId ? SessionState.IN_DOUBT : SessionState.KEPT);
            case 202, 204, 205 -> call.id().isPresent() ? noResult(status, call, server) : ResponseDecision.PASS_ON;
            default -> redirectOrPassed(status, call, server);
        };
    }

    /**
     * MCP 2026-07-28, Streamable HTTP: 404 with a JSON-RPC error says that the server does not know the method, 400 that
     * something of the request is wrong. Both are for the client, as they are.
     */
    private static ResponseDecision sessionless(ServerAnswer answer, CallMetadata.Sessionless call, String server) {
        int status = answer.status();
        return switch (status) {
            case 404 -> answer.json() ? ResponseDecision.PASS_ON : noSuchPath(status, call, server);
            case 410 -> noSuchPath(status, call, server);
            case 202, 204, 205 -> noResult(status, call, server);
            default -> redirectOrPassed(status, call, server);
        };
    }

    private static ResponseDecision redirectOrPassed(int status, CallMetadata call, String server) {
        return status >= 300 && status < 400
                ? instead(Refusals.redirected(call.id(), call.era(), server, status))
                : ResponseDecision.PASS_ON;
    }

    private static ResponseDecision noSuchPath(int status, CallMetadata call, String server) {
        return instead(Refusals.noSuchPath(call.id(), call.era(), server, status));
    }

    private static ResponseDecision noResult(int status, CallMetadata call, String server) {
        return instead(Refusals.emptyAnswer(call.id(), call.era(), server, status));
    }

    /**
     * The same of a message that did not carry the caller's own token. By a 401 the client would log in again, perhaps
     * where the server says, though it was not its token that was refused.
     *
     * @param sent whose credential the message carried
     */
    public static ResponseDecision decideNotAsCaller(
            ServerAnswer answer, CallMetadata call, String server, CallAuthorization sent) {
        int status = answer.status();
        if (status != 401 && status != 403) {
            return decide(answer, call, server);
        }
        return new Instead(
                Refusals.credentialRefused(call.id(), call.era(), server, status, sent.mode()),
                decide(answer, call, server).session(),
                false);
    }

    /**
     * What the client gets when the gateway, and not the server, ended the call because it took too long.
     *
     * @param limit that was set for calls of this server
     */
    public static ResponseDecision timedOut(CallMetadata call, String server, Optional<Duration> limit) {
        return instead(Refusals.timedOut(call.id(), call.era(), server, limit));
    }

    /** A reply to a question is of no use to a new session: what asked is gone with the old one. */
    private static Instead lost(CallMetadata.InSession call, String server) {
        return call.id().isPresent()
                ? new Instead(Refusals.sessionLost(call.id().get(), server), SessionState.LOST, true)
                : new Instead(Refusals.askerGone(), SessionState.LOST, false);
    }

    private static Instead instead(Refusal answer) {
        return new Instead(answer, SessionState.KEPT, false);
    }
}
