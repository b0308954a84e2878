package io.mcpgateway.broker.session;

import io.mcpgateway.broker.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The tokens with which the broker sends its own requests to a server through the gateway listener: JWTs signed with
 * HS256, issuer {@code mcp-gateway}, audience {@code mcp-router}, {@code purpose} {@code server-init}, bound to one
 * {@code host}, good for 30 seconds and, by their {@code jti}, for one use. (What a static key led to: GHSA-g53w-w6mj-hrpp.)
 */
public final class RouterTokens {
    /** How long a token is good for. */
    public static final Duration LIFETIME = Duration.ofSeconds(30);

    private static final String ISSUER = "mcp-gateway";
    private static final String AUDIENCE = "mcp-router";
    private static final String PURPOSE = "backend-init";

    private final SignedClaims signer;

    private RouterTokens(SignedClaims signer) {
        this.signer = signer;
    }

    /**
     * Tokens signed with this key; it may be the key of the session tokens, as audience and purpose keep them apart.
     *
     * @param key at least 32 bytes
     * @throws IllegalArgumentException if the key is shorter
     */
    public static RouterTokens withKey(byte[] key) {
        return new RouterTokens(SignedClaims.withKey(key));
    }

    /** A token that allows one request to {@code host} for 30 seconds. */
    public String issue(String host, String tokenId, Instant now) {
        long issued = now.getEpochSecond();
        return signer.sign("{\"iss\":\"" + ISSUER + "\",\"aud\":[\"" + AUDIENCE + "\"],\"purpose\":\"" + PURPOSE
                + "\",\"iat\":" + issued + ",\"exp\":" + (issued + LIFETIME.toSeconds()) + ",\"jti\":"
                + JsonText.quote(tokenId) + ",\"host\":" + JsonText.quote(host.toLowerCase(Locale.ROOT)) + "}");
    }

    /** Never throws. Whether the token was used before is the caller's to find out, by {@code tokenId}. */
    public RouterTokenVerdict verify(String token, String host, Instant now) {
        return switch (signer.open(token)) {
            case SignedClaims.Opened.Refused(String reason) -> new RouterTokenVerdict.Invalid(reason);
            case SignedClaims.Opened.Claims(JwtClaims claims) -> verdict(claims, host, now);
        };
    }

    private static RouterTokenVerdict verdict(JwtClaims claims, String host, Instant now) {
        Optional<String> problem = SignedClaims.problemOf(claims, ISSUER, AUDIENCE, now);
        if (problem.isPresent()) {
            return new RouterTokenVerdict.Invalid(problem.get());
        }
        if (!claims.text("purpose").filter(PURPOSE::equals).isPresent()) {
            return new RouterTokenVerdict.Invalid("purpose missing or wrong");
        }
        Optional<String> boundTo = claims.text("host");
        if (boundTo.isEmpty() || !boundTo.get().equalsIgnoreCase(host)) {
            return new RouterTokenVerdict.Invalid("issued for another host");
        }
        Instant expiry = claims.instant("exp").orElseThrow();
        if (expiry.isAfter(claims.instant("iat").orElseThrow().plus(LIFETIME))) {
            return new RouterTokenVerdict.Invalid("lives longer than router tokens do");
        }
        return now.isBefore(expiry)
                ? new RouterTokenVerdict.Valid(boundTo.get(), claims.text("jti").orElseThrow(), expiry)
                : new RouterTokenVerdict.Invalid("expired");
    }
}
