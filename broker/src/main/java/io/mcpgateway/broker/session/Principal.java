package io.mcpgateway.broker.session;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a bearer JWT names. Decoded, not verified, as {@link CallerBinding} explains: it is as good as the policy in front.
 *
 * @param issuer claim {@code iss}
 * @param subject claim {@code sub}
 */
public record Principal(String issuer, String subject) {
    public Principal {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(subject, "subject");
    }

    /** Of a request with these {@code Authorization} header values; empty unless there is one, a JWT with both claims. */
    public static Optional<Principal> of(List<String> authorization) {
        if (authorization.size() != 1) {
            return Optional.empty();
        }
        Optional<JwtClaims> claims = CallerBinding.bearerClaims(authorization.getFirst());
        return claims.flatMap(known -> known.text("iss"))
                .flatMap(issuer ->
                        claims.flatMap(known -> known.text("sub")).map(subject -> new Principal(issuer, subject)));
    }
}
