package io.mcpgateway.broker.session;

import java.time.Instant;

/** Stub of the router token codec: HS256, 30 s, audience mcp-router, purpose backend-init, host-bound, jti. */
public final class RouterTokens {
    private final byte[] key;

    private RouterTokens(byte[] key) {
        this.key = key.clone();
    }

    public static RouterTokens withKey(byte[] key) {
        return new RouterTokens(key);
    }

    /** A token that allows one request to {@code host} for 30 seconds. */
    public String issue(String host, String tokenId, Instant now) {
        return "skeleton" + key.length + host + tokenId + now;
    }

    /** Never throws. Whether the token was used before is the caller's to find out, by {@code tokenId}. */
    public RouterTokenVerdict verify(String token, String host, Instant now) {
        return new RouterTokenVerdict.Invalid("skeleton " + token.length() + host + now);
    }
}
