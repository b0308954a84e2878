package io.mcpgateway.broker.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Compact JWTs (RFC 7519) with HS256 and nothing else. Written out rather than taken from a library because it is on
 * the path of every call: the usual header is compared, not parsed, and the signature is compared in its encoded form,
 * which also leaves only one spelling of each token.
 */
final class SignedClaims {
    /** Longer tokens are refused unread. */
    static final int MAX_LENGTH = 4096;

    static final int MIN_KEY_BYTES = 32;
    static final String NOT_VALID_YET = "not valid yet";
    private static final int SIGNATURE_LENGTH = 43;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            ENCODER.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII));

    /** A token opened. */
    sealed interface Opened {
        /** The signature holds; {@code claims} are as the signer wrote them. */
        record Claims(JwtClaims claims) implements Opened {}

        /** Not signed by us; the reason holds no part of the token. */
        record Refused(String reason) implements Opened {}
    }

    private final KeyedMac mac;

    private SignedClaims(KeyedMac mac) {
        this.mac = mac;
    }

    static SignedClaims withKey(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the signing key must have at least " + MIN_KEY_BYTES + " bytes, it has " + key.length);
        }
        return new SignedClaims(KeyedMac.withKey(key));
    }

    String sign(String claimsJson) {
        String signed = HEADER + '.' + ENCODER.encodeToString(claimsJson.getBytes(StandardCharsets.UTF_8));
        return signed + '.' + new String(signature(signed), StandardCharsets.US_ASCII);
    }

    Opened open(String token) {
        if (token.length() > MAX_LENGTH) {
            return new Opened.Refused("longer than " + MAX_LENGTH + " characters");
        }
        int headerEnd = token.indexOf('.');
        int signedEnd = token.lastIndexOf('.');
        if (headerEnd < 0 || headerEnd == signedEnd || token.indexOf('.', headerEnd + 1) != signedEnd) {
            return new Opened.Refused("not a JWT of three parts");
        }
        if (!usesHs256(token.substring(0, headerEnd))) {
            return new Opened.Refused("not signed with HS256");
        }
        if (token.length() - signedEnd - 1 != SIGNATURE_LENGTH || !signatureHolds(token, signedEnd)) {
            return new Opened.Refused("signature does not match");
        }
        Optional<JwtClaims> claims = JwtClaims.decode(token.substring(headerEnd + 1, signedEnd));
        return claims.isPresent()
                ? new Opened.Claims(claims.get())
                : new Opened.Refused("claims are not a JSON object");
    }

    /** What both kinds of token must have, whatever else they claim. */
    static Optional<String> problemOf(JwtClaims claims, String issuer, String audience, Instant now) {
        if (!claims.text("iss").filter(issuer::equals).isPresent()) {
            return Optional.of("issuer missing or wrong");
        }
        if (!claims.hasAudience(audience)) {
            return Optional.of("audience missing or wrong");
        }
        if (claims.text("jti").isEmpty()) {
            return Optional.of("jti missing");
        }
        if (claims.instant("iat").isEmpty()) {
            return Optional.of("iat missing or not a time");
        }
        if (claims.instant("exp").isEmpty()) {
            return Optional.of("exp missing or not a time");
        }
        if (claims.has("nbf")
                && !claims.instant("nbf").filter(from -> !now.isBefore(from)).isPresent()) {
            return Optional.of(NOT_VALID_YET);
        }
        return Optional.empty();
    }

    private static boolean usesHs256(String header) {
        if (header.equals(HEADER)) {
            return true;
        }
        Optional<JwtClaims> members = JwtClaims.decode(header);
        return members.isPresent()
                && members.get().text("alg").filter("HS256"::equals).isPresent()
                && (!members.get().has("typ")
                        || members.get()
                                .text("typ")
                                .filter("JWT"::equalsIgnoreCase)
                                .isPresent())
                && !members.get().has("crit"); // RFC 7515, 4.1.11: an extension that we do not understand
    }

    private boolean signatureHolds(String token, int signedEnd) {
        byte[] given = token.substring(signedEnd + 1).getBytes(StandardCharsets.ISO_8859_1);
        return MessageDigest.isEqual(signature(token.substring(0, signedEnd)), given);
    }

    private byte[] signature(String signed) {
        return ENCODER.encode(mac.of(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
