package io.mcpgateway.broker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpgateway.broker.mcp.ClientFeatures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTokensTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final RouterTokens TOKENS = RouterTokens.withKey(KEY);

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("mcp-gateway")
                .audience("mcp-router")
                .claim("purpose", "backend-init")
                .claim("host", "one.mcp.local")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(30)))
                .jwtID("id-1");
    }

    private static RouterTokenVerdict verify(JWTClaimsSet.Builder claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        jwt.sign(new MACSigner(KEY));
        return TOKENS.verify(jwt.serialize(), "one.mcp.local", NOW);
    }

    private static RouterTokenVerdict invalid(String reason) {
        return new RouterTokenVerdict.Invalid(reason);
    }

    @Test
    void aTokenIsGoodForItsHostInAnyCase() {
        String token = TOKENS.issue("One.MCP.local", "id-1", NOW);

        assertThat(TOKENS.verify(token, "one.mcp.LOCAL", NOW.plusSeconds(29)))
                .isEqualTo(new RouterTokenVerdict.Valid("one.mcp.local", "id-1", NOW.plusSeconds(30)));
        assertThat(TOKENS.verify(token, "two.mcp.local", NOW)).isEqualTo(invalid("issued for another host"));
        assertThat(TOKENS.verify(token, "one.mcp.local:8080", NOW)).isEqualTo(invalid("issued for another host"));
        assertThat(TOKENS.verify(token, "", NOW)).isEqualTo(invalid("issued for another host"));
    }

    @Test
    void aTokenLivesThirtySeconds() {
        String token = TOKENS.issue("one.mcp.local", "id-1", NOW);

        assertThat(TOKENS.verify(token, "one.mcp.local", NOW.plusSeconds(30))).isEqualTo(invalid("expired"));
    }

    @Test
    void everyClaimIsNeeded() throws JOSEException {
        assertThat(verify(claims())).isInstanceOf(RouterTokenVerdict.Valid.class);
        assertThat(verify(claims().claim("purpose", null))).isEqualTo(invalid("purpose missing or wrong"));
        assertThat(verify(claims().claim("purpose", "other"))).isEqualTo(invalid("purpose missing or wrong"));
        assertThat(verify(claims().claim("host", null))).isEqualTo(invalid("issued for another host"));
        assertThat(verify(claims().audience("mcp-gateway"))).isEqualTo(invalid("audience missing or wrong"));
        assertThat(verify(claims().issuer("x"))).isEqualTo(invalid("issuer missing or wrong"));
        assertThat(verify(claims().jwtID(null))).isEqualTo(invalid("jti missing"));
        assertThat(verify(claims().expirationTime(Date.from(NOW.plusSeconds(31)))))
                .isEqualTo(invalid("lives longer than router tokens do"));
    }

    @Test
    void aSessionTokenIsNoRouterToken() {
        String session = SessionTokens.withKey(KEY)
                .issue(
                        new GatewaySession(
                                new GatewaySessionId("s"),
                                NOW.plusSeconds(30),
                                CallerBinding.ANONYMOUS,
                                Optional.empty(),
                                "2025-11-25",
                                ClientFeatures.NONE),
                        NOW);

        assertThat(TOKENS.verify(session, "one.mcp.local", NOW)).isEqualTo(invalid("audience missing or wrong"));
    }

    @Test
    void staticKeysOfOldAndGarbageAreInvalid() {
        assertThat(TOKENS.verify("secret-api-key", "one.mcp.local", NOW))
                .isEqualTo(invalid("not a JWT of three parts"));
        assertThat(TOKENS.verify("", "one.mcp.local", NOW)).isEqualTo(invalid("not a JWT of three parts"));
        assertThat(TOKENS.verify("a".repeat(100_000), "one.mcp.local", NOW))
                .isEqualTo(invalid("longer than 4096 characters"));
    }

    @Test
    void anotherKeyIsRefused() {
        String token = RouterTokens.withKey("another key, and also thirty-two".getBytes(StandardCharsets.US_ASCII))
                .issue("one.mcp.local", "id-1", NOW);

        assertThat(TOKENS.verify(token, "one.mcp.local", NOW)).isEqualTo(invalid("signature does not match"));
        assertThatThrownBy(() -> RouterTokens.withKey(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }
}
