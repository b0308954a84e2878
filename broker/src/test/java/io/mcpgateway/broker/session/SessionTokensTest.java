package io.mcpgateway.broker.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.mcpgateway.broker.mcp.ClientFeatures;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokensTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_KEY = "another key, and also thirty-two".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant EXPIRY = NOW.plusSeconds(86_400);
    private static final CallerBinding ALICE = CallerBinding.of(List.of("Bearer alice"));
    private static final SessionTokens TOKENS = SessionTokens.withKey(KEY);
    private static final GatewaySession SESSION = new GatewaySession(
            new GatewaySessionId("0f8fad5b-d9cb-469f-a165-70867728950e"),
            EXPIRY,
            ALICE,
            Optional.of("ns/v\"s ü"),
            "2025-11-25",
            new ClientFeatures(true, false, true));

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("mcp-gateway")
                .audience("mcp-gateway")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(EXPIRY))
                .jwtID("id-1")
                .claim("caller", ALICE.value())
                .claim("ver", "2025-11-25");
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, byte[] key) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new MACSigner(key));
        return jwt.serialize();
    }

    private static String sign(JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(new JWSHeader(JWSAlgorithm.HS256), claims.build(), KEY);
    }

    private static SessionVerdict verify(String token) {
        return TOKENS.verify(Optional.of(token), ALICE, NOW);
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void whatIsIssuedIsVerified(GatewaySession session) {
        String token = TOKENS.issue(session, NOW);

        assertThat(TOKENS.verify(Optional.of(token), session.caller(), NOW))
                .isEqualTo(new SessionVerdict.Valid(session));
    }

    static Stream<GatewaySession> sessions() {
        return Stream.of(true, false)
                .flatMap(first -> Stream.of(true, false)
                        .flatMap(second -> Stream.of(true, false)
                                .map(third -> new GatewaySession(
                                        new GatewaySessionId("id"),
                                        EXPIRY,
                                        first ? ALICE : CallerBinding.ANONYMOUS,
                                        second ? Optional.of("ns/v\"s ü") : Optional.empty(),
                                        "2025-06-18",
                                        new ClientFeatures(first, second, third)))));
    }

    @Test
    void anotherLibraryReadsTheToken() throws ParseException, JOSEException {
        SignedJWT jwt = SignedJWT.parse(TOKENS.issue(SESSION, NOW));

        assertThat(jwt.verify(new MACVerifier(KEY))).isTrue();
        assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("mcp-gateway");
        assertThat(claims.getAudience()).containsExactly("mcp-gateway");
        assertThat(claims.getExpirationTime()).isEqualTo(Date.from(EXPIRY));
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(NOW));
        assertThat(claims.getJWTID()).isEqualTo(SESSION.id().value());
        assertThat(claims.getClaim("vs")).isEqualTo("ns/v\"s ü");
    }

    @Test
    void tokensOfAnotherLibraryAreRead() throws JOSEException {
        JWSHeader typed = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build();

        assertThat(verify(sign(claims()))).isInstanceOf(SessionVerdict.Valid.class);
        assertThat(verify(sign(
                        typed, claims().audience(List.of("x", "mcp-gateway")).build(), KEY)))
                .isInstanceOf(SessionVerdict.Valid.class);
        assertThat(verify(sign(claims().notBeforeTime(Date.from(NOW))))).isInstanceOf(SessionVerdict.Valid.class);
    }

    static Stream<Arguments> badClaims() {
        return Stream.of(
                bad("issuer", claims -> claims.issuer("other")),
                bad("issuer", claims -> claims.issuer(null)),
                bad("audience", claims -> claims.audience("mcp-router")),
                bad("audience", claims -> claims.audience((String) null)),
                bad("audience", claims -> claims.claim("aud", 7)),
                bad("jti", claims -> claims.jwtID(null)),
                bad("jti", claims -> claims.claim("jti", 7)),
                bad("jti", claims -> claims.jwtID("")),
                bad("iat", claims -> claims.issueTime(null)),
                bad("iat", claims -> claims.claim("iat", "now")),
                bad("exp", claims -> claims.expirationTime(null)),
                bad("exp", claims -> claims.claim("exp", "2099")),
                bad("exp", claims -> claims.claim("exp", 1.5)),
                bad("exp", claims -> claims.claim("exp", -1)),
                bad("exp", claims -> claims.claim("exp", Long.MAX_VALUE)),
                bad("exp", claims -> claims.claim("exp", List.of(4_000_000_000L))),
                bad("not valid yet", claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(1)))),
                bad("not valid yet", claims -> claims.claim("nbf", "soon")),
                bad("caller", claims -> claims.claim("caller", null)),
                bad("caller", claims -> claims.claim("caller", true)),
                bad("protocol version", claims -> claims.claim("ver", null)),
                bad("virtual server", claims -> claims.claim("vs", 7)),
                bad("virtual server", claims -> claims.claim("vs", "")),
                bad("features", claims -> claims.claim("can", List.of("roots"))));
    }

    private static Arguments bad(String reason, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(reason, change.apply(claims()).build());
    }

    @ParameterizedTest
    @MethodSource("badClaims")
    void missingOrWrongClaimsMakeATokenInvalid(String reason, JWTClaimsSet claims) throws JOSEException {
        SessionVerdict verdict = verify(sign(new JWSHeader(JWSAlgorithm.HS256), claims, KEY));

        assertThat(verdict).isInstanceOf(SessionVerdict.Invalid.class);
        assertThat(((SessionVerdict.Invalid) verdict).reason()).contains(reason);
    }

    @Test
    void onlyOurKeyAndAlgorithmSign() throws JOSEException, NoSuchAlgorithmException {
        SignedJWT rsa = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims().build());
        rsa.sign(new RSASSASigner(
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate()));
        byte[] longKey = Arrays.copyOf(KEY, 64);
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .criticalParams(Set.of("exp"))
                .customParam("exp", 1)
                .build();

        assertThat(verify(new PlainJWT(claims().build()).serialize()))
                .isEqualTo(new SessionVerdict.Invalid("not signed with HS256"));
        assertThat(verify(rsa.serialize())).isEqualTo(new SessionVerdict.Invalid("not signed with HS256"));
        assertThat(SessionTokens.withKey(longKey)
                        .verify(
                                Optional.of(sign(new JWSHeader(JWSAlgorithm.HS512), claims().build(), longKey)),
                                ALICE,
                                NOW))
                .isEqualTo(new SessionVerdict.Invalid("not signed with HS256"));
        assertThat(verify(sign(critical, claims().build(), KEY)))
                .isEqualTo(new SessionVerdict.Invalid("not signed with HS256"));
        assertThat(verify(sign(new JWSHeader(JWSAlgorithm.HS256), claims().build(), OTHER_KEY)))
                .isEqualTo(new SessionVerdict.Invalid("signature does not match"));
    }

    @Test
    void aTokenWithItsSignatureCutOffIsInvalid() throws JOSEException {
        String token = sign(claims());
        String unsigned = token.substring(0, token.lastIndexOf('.') + 1);

        assertThat(verify(unsigned)).isEqualTo(new SessionVerdict.Invalid("signature does not match"));
        assertThat(verify(unsigned + "A".repeat(43))).isEqualTo(new SessionVerdict.Invalid("signature does not match"));
    }

    @Test
    void expiryIsToldOnlyToThoseWithAGenuineToken() throws JOSEException {
        JWTClaimsSet.Builder expired = claims().expirationTime(Date.from(NOW));

        assertThat(verify(sign(expired))).isEqualTo(new SessionVerdict.Expired());
        assertThat(verify(sign(claims().expirationTime(Date.from(NOW.plusSeconds(1))))))
                .isInstanceOf(SessionVerdict.Valid.class);
        assertThat(verify(sign(new JWSHeader(JWSAlgorithm.HS256), expired.build(), OTHER_KEY)))
                .isInstanceOf(SessionVerdict.Invalid.class);
    }

    @Test
    void anotherCallerIsForeign() {
        String token = TOKENS.issue(SESSION, NOW);

        assertThat(TOKENS.verify(Optional.of(token), CallerBinding.ANONYMOUS, NOW))
                .isEqualTo(new SessionVerdict.ForeignCaller());
        assertThat(TOKENS.verify(Optional.of(token), CallerBinding.of(List.of("Bearer bob")), EXPIRY))
                .isEqualTo(new SessionVerdict.ForeignCaller());
    }

    @Test
    void noTokenIsMissing() {
        assertThat(TOKENS.verify(Optional.empty(), ALICE, NOW)).isEqualTo(new SessionVerdict.Missing());
        assertThat(verify("")).isEqualTo(new SessionVerdict.Missing());
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "...", "a.b.c", "a.b", "é.ü.😀", " ", "null", "e30.e30.e30", "\u0000"})
    void garbageIsInvalid(String token) {
        assertThat(verify(token)).isInstanceOf(SessionVerdict.Invalid.class);
    }

    @Test
    void anOversizedTokenIsRefusedUnread() {
        assertThat(verify("a".repeat(5000))).isEqualTo(new SessionVerdict.Invalid("longer than 4096 characters"));
        assertThatThrownBy(() -> TOKENS.issue(
                        new GatewaySession(
                                SESSION.id(),
                                EXPIRY,
                                ALICE,
                                Optional.of("v".repeat(4000)),
                                "2025-11-25",
                                ClientFeatures.NONE),
                        NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noChangedCharacterGoesUnnoticed() {
        String token = TOKENS.issue(SESSION, NOW);
        Random random = new Random(7);
        for (int index = 0; index < token.length(); index++) {
            char other = "ABab01-_.".charAt(random.nextInt(9));
            if (token.charAt(index) != other) {
                String changed = token.substring(0, index) + other + token.substring(index + 1);
                SessionVerdict verdict = verify(changed);
                assertThat(verdict).isInstanceOf(SessionVerdict.Invalid.class);
                assertThat(((SessionVerdict.Invalid) verdict).reason()).hasSizeLessThan(40);
            }
        }
    }

    @Test
    void aRouterTokenIsNoSession() {
        String token = RouterTokens.withKey(KEY).issue("one.mcp.local", "t", NOW);

        assertThat(verify(token)).isEqualTo(new SessionVerdict.Invalid("audience missing or wrong"));
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> SessionTokens.withKey(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
    }
}
