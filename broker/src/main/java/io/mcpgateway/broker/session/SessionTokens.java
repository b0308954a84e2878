package io.mcpgateway.broker.session;

import java.time.Instant;
import java.util.Optional;

/** Stub of the session token codec; see the session package's plan. */
public final class SessionTokens {
    private final byte[] key;

    private SessionTokens(byte[] key) {
        this.key = key.clone();
    }

    /**
     * Tokens signed with this key.
     *
     * @param key at least 32 bytes
     * @throws IllegalArgumentException if the key is shorter
     */
    public static SessionTokens withKey(byte[] key) {
        return new SessionTokens(key);
    }

    /** The token that goes out as {@code Mcp-Session-Id}: a compact HS256 JWT. */
    public String issue(GatewaySession session, Instant now) {
        return "skeleton" + key.length + session + now;
    }

    /** Never throws, whatever the token. Knows nothing of revocation: the caller asks the store. */
    public SessionVerdict verify(Optional<String> token, CallerBinding caller, Instant now) {
        return new SessionVerdict.Invalid("skeleton" + token.isPresent() + caller + now);
    }
}
