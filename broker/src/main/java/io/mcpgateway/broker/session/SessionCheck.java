package io.mcpgateway.broker.session;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.url.Chosen;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Checks a request's session: its token, its caller, its URL, and whether it was ended. Two tokens are not accepted. */
public record SessionCheck(SessionTokens tokens, SessionStore store) {
    public SessionCheck {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(store, "store");
    }

    /**
     * The session of a request.
     *
     * @param url what the request's URL chooses
     */
    public SessionVerdict of(RequestHeaders headers, Chosen url, CallerBinding caller, Instant now) {
        List<String> values = headers.all(McpHeaders.SESSION_ID);
        if (values.size() > 1) {
            return new SessionVerdict.Invalid(values.size() + " headers " + McpHeaders.SESSION_ID);
        }
        Optional<String> token = values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
        return store.confirm(atUrl(tokens.verify(token, caller, now), url));
    }

    private static SessionVerdict atUrl(SessionVerdict verdict, Chosen url) {
        return verdict instanceof SessionVerdict.Valid(GatewaySession session)
                        && !session.url().equals(url)
                ? new SessionVerdict.OtherUrl(session)
                : verdict;
    }

    /** Whether a session that was valid still is, without its token. One that cannot be checked now is not ended yet. */
    public boolean alive(GatewaySession session, Instant now) {
        return now.isBefore(session.expiresAt())
                && !(store.confirm(new SessionVerdict.Valid(session)) instanceof SessionVerdict.Revoked);
    }
}
