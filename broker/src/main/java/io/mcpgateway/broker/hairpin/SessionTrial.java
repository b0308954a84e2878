package io.mcpgateway.broker.hairpin;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.session.SessionStore;
import java.time.Duration;
import java.util.Map;

/** Finds out by a ping whether a server still knows a session. A ping changes nothing, so it may be sent at any time. */
final class SessionTrial {
    /** Together with the time for a new initialize, still less than what callers wait for the session. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final HttpLimits LIMITS =
            new HttpLimits(TIMEOUT, TIMEOUT, TIMEOUT, MAX_ANSWER_BYTES, MAX_ANSWER_BYTES);

    /** What the server thinks of the session. */
    enum Verdict {
        /** It knows it, or did not say: then the call itself will show. */
        ALIVE,
        /** It does not know it. */
        LOST,
        /** It refuses the credential, which some servers also do for lost sessions. */
        REFUSED
    }

    private SessionTrial() {}

    /** Within the caller's rights: the ping carries what the call carries. */
    static Verdict of(ServerAccess access, CallServer call, SessionStore.Entry entry) {
        ClientRequest client =
                new ClientRequest(call.head().headers(), call.session().id());
        McpConnection connection = access.resume(call.route().server(), entry, client, Map.of(), LIMITS);
        try {
            return verdict(connection.ping());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.ALIVE;
        }
    }

    /** Of a ping in the session. */
    static Verdict verdict(McpOutcome ping) {
        return switch (ping) {
            case McpOutcome.SessionLost _ -> Verdict.LOST;
            case McpOutcome.RpcError(int code, String _) ->
                code == JsonRpcCodes.SESSION_NOT_FOUND ? Verdict.LOST : Verdict.ALIVE;
            case McpOutcome.HttpFailure(int status, String _, String _, boolean _) -> verdict(status);
            case McpOutcome.Answer _, McpOutcome.Timeout _, McpOutcome.Unreachable _, McpOutcome.ProtocolViolation _ ->
                Verdict.ALIVE;
        };
    }

    private static Verdict verdict(int status) {
        return switch (status) {
            case 401, 403 -> Verdict.REFUSED;
            case 429, 502, 503, 504 -> Verdict.ALIVE;
            default -> status >= 400 ? Verdict.LOST : Verdict.ALIVE;
        };
    }
}
