package io.mcpgateway.broker.session.remembered;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.SessionVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the token, whoever brings it, whenever, and whichever keys sign: the memory changes no verdict. */
class RememberedSessionsPropertyTest {
    private static final int ROUNDS = 6_000;
    private static final Instant START = Instant.parse("2026-12-01T05:00:00Z");
    private static final List<CallerBinding> CALLERS =
            List.of(CallerBinding.ANONYMOUS, CallerBinding.of(List.of("Bearer a")), new CallerBinding(""));

    /** Keys as a fleet has them over time: each replica has one, and a new one means new tokens. */
    private enum Key {
        OLD,
        NEW,
        NEWEST;

        byte[] bytes() {
            return ("the key that is " + name() + " of all, 32 bytes").getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final Random random = new Random(20_261_201);
    private final Map<Key, SessionTokens> remembering = new EnumMap<>(Key.class);
    private final Map<String, Integer> verdicts = new HashMap<>();

    @Test
    void everyVerdictIsTheSameWithTheMemory() throws JOSEException {
        List<String> tokens = tokens();
        Instant now = START;
        for (int round = 0; round < ROUNDS; round++) {
            String token = pick(tokens);
            CallerBinding caller = pick(CALLERS);
            Key key = pick(List.of(Key.values()));
            now = random.nextInt(5) == 0 ? START.plusSeconds(random.nextInt(-400, 400)) : now.plusMillis(300);

            SessionVerdict with = remembering(key).verify(Optional.of(token), caller, now);
            SessionVerdict without = SessionTokens.withKey(key.bytes()).verify(Optional.of(token), caller, now);

            assertThat(with).as("%s of %s at %s", token, caller, now).isEqualTo(without);
            verdicts.merge(kind(with), 1, Integer::sum);
            if (random.nextInt(500) == 0) {
                remembering.remove(key); // a restart
            }
        }

        assertThat(verdicts.keySet())
                .contains("Valid", "Expired", "ForeignCaller", "not valid yet", "signature does not match");
        assertThat(verdicts.values()).allMatch(times -> times > 20);
    }

    private static String kind(SessionVerdict verdict) {
        return verdict instanceof SessionVerdict.Invalid(String reason)
                ? reason
                : verdict.getClass().getSimpleName();
    }

    private SessionTokens remembering(Key key) {
        return remembering.computeIfAbsent(
                key, _ -> SessionTokens.withKey(key.bytes()).remembering(new RememberedSessions()));
    }

    private List<String> tokens() throws JOSEException {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            String token = sign(claims(), pick(List.of(Key.values())));
            tokens.add(token);
            if (i % 6 == 0) {
                tokens.add(damaged(token));
            }
        }
        return tokens;
    }

    private JWTClaimsSet claims() {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(rarely() ? "somebody" : "mcp-gateway")
                .audience(rarely() ? "others" : "mcp-gateway")
                .issueTime(Date.from(START))
                .expirationTime(Date.from(START.plusSeconds(random.nextInt(-200, 300))))
                .jwtID("id-" + random.nextInt(20))
                .claim("caller", rarely() ? null : pick(CALLERS).value())
                .claim("ver", "2025-11-25");
        if (random.nextInt(3) == 0) {
            claims.notBeforeTime(Date.from(START.plusSeconds(random.nextInt(-300, 300))));
        }
        if (random.nextInt(3) == 0) {
            claims.claim("url", rarely() ? (Object) 7 : "v:ns/vs").claim("vs", rarely() ? List.of("a") : "ns/vs");
        }
        if (random.nextInt(3) == 0) {
            claims.claim("can", "elicitation roots").claim("cap", rarely() ? "text" : Map.of("sampling", Map.of()));
        }
        return claims.build();
    }

    private static String sign(JWTClaimsSet claims, Key key) throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        jwt.sign(new MACSigner(key.bytes()));
        return jwt.serialize();
    }

    /** One character is another one. */
    private String damaged(String token) {
        int at = random.nextInt(token.length());
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    private boolean rarely() {
        return random.nextInt(12) == 0;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
