package io.mcpgateway.broker.session;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a session belongs to, as a hash: {@code iss} and {@code sub} of the bearer JWT at initialize, the bytes of any
 * other credential, or {@link #ANONYMOUS}. A session is only valid for requests with the same binding.
 *
 * <p>The JWT is decoded, not verified: that is the work of the policies in front (Envoy), without which a bearer token
 * proves nothing to anybody. {@code iss} and {@code sub} rather than the token's bytes, because clients refresh tokens
 * in the middle of a session.
 *
 * @param value {@code -}, or SHA-256 as base64url without padding
 */
public record CallerBinding(String value) {
    /** No {@code Authorization} header. */
    public static final CallerBinding ANONYMOUS = new CallerBinding("-");

    private static final String BEARER = "Bearer ";

    public CallerBinding {
        Objects.requireNonNull(value, "value");
    }

    /** The binding of a request with these {@code Authorization} header values. */
    public static CallerBinding of(List<String> authorization) {
        if (authorization.isEmpty()) {
            return ANONYMOUS;
        }
        if (authorization.size() > 1) {
            return hash("several", authorization);
        }
        Optional<JwtClaims> claims = bearerClaims(authorization.getFirst());
        Optional<String> issuer = claims.flatMap(known -> known.text("iss"));
        Optional<String> subject = claims.flatMap(known -> known.text("sub"));
        return issuer.isPresent() && subject.isPresent()
                ? hash("principal", List.of(issuer.get(), subject.get()))
                : hash("credential", authorization);
    }

    /**
     * Of a request that the router sent to the broker: the caller that the router saw; where no router is in front, the
     * one of the request's own credential.
     */
    public static CallerBinding seen(RequestHeaders headers) {
        List<String> seen = headers.all(GatewayHeaders.CALLER);
        return seen.size() == 1 ? new CallerBinding(seen.getFirst()) : of(headers.all(StandardHeaders.AUTHORIZATION));
    }

    /** What a bearer token says, if it is a JWT. */
    static Optional<JwtClaims> bearerClaims(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        String token = authorization.substring(BEARER.length()).strip();
        int headerEnd = token.indexOf('.');
        int payloadEnd = token.indexOf('.', headerEnd + 1);
        boolean threeParts = headerEnd > 0 && payloadEnd > 0 && token.indexOf('.', payloadEnd + 1) < 0;
        return threeParts ? JwtClaims.decode(token.substring(headerEnd + 1, payloadEnd)) : Optional.empty();
    }

    /** The hash includes kind and lengths, so no two different inputs give the same bytes. */
    private static CallerBinding hash(String kind, List<String> parts) {
        MessageDigest digest = Sha256.fresh();
        digest.update((kind + ' ' + parts.size()).getBytes(StandardCharsets.UTF_8));
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((" " + bytes.length + ' ').getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return new CallerBinding(Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
    }
}
