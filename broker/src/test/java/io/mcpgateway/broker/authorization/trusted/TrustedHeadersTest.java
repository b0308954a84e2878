package io.mcpgateway.broker.authorization.trusted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.authorization.AuthorizedNames.Only;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedHeadersTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
    private static final String ALPHA = "{\"ns/one\":[\"alpha\"]}";
    private static final Only ONLY_ALPHA = new Only(Map.of("ns/one", Set.of("alpha")));
    private static final AuthorizedNames ALL = new AuthorizedNames.Everything();

    private final TrustedHeaders trusted = headers(false, false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"allowed-tools\":\"{\\\"ns/one\\\":[\\\"alpha\\\"]}\"}",
                "{\"allowed-tools\":{\"ns/one\":[\"alpha\"]}}",
                "{\"allowed-tools\":{\"ns/one\":[\"alpha\",\"alpha\"]},\"exp\":1800000001,\"nbf\":1800000000,\"iss\":\"authorino\"}",
                "{\"allowed-tools\":{\"ns/one\":[\"alpha\"]},\"exp\":1800000000.5}",
            })
    void aSignedStatementCountsWhetherItsClaimIsTextOrAnObject(String payload) {
        assertThat(trusted.allowed(one("x-authorized-tools", SignedHeaders.sign(payload)), NOW)
                        .tools())
                .isEqualTo(ONLY_ALPHA);
    }

    static Stream<Arguments> worthless() throws JOSEException {
        String good = "{\"allowed-tools\":{\"ns/one\":[\"alpha\"]}}";
        String signed = SignedHeaders.sign(good);
        String secret = SignedHeaders.publicKeyPem();
        return Stream.of(
                arguments("another key", SignedHeaders.sign(JWSAlgorithm.ES256, SignedHeaders.key(Curve.P_256), good)),
                arguments("ES384", SignedHeaders.sign(JWSAlgorithm.ES384, SignedHeaders.key(Curve.P_384), good)),
                arguments(
                        "HS256 with the public key",
                        SignedHeaders.sign(JWSAlgorithm.HS256, new MACSigner(secret), good)),
                arguments("none", base64("{\"alg\":\"none\"}") + "." + base64(good) + "."),
                arguments("header says ES256, no signature", signed.substring(0, signed.lastIndexOf('.') + 1)),
                arguments("payload exchanged", withPayload(signed, good.replace("alpha", "beta"))),
                arguments("cut off", signed.substring(0, signed.length() - 8)),
                arguments("not a JWT", "abc"),
                arguments("empty", ""),
                arguments("two in one value", signed + "," + signed),
                arguments("expired", SignedHeaders.sign(good.replace("}}", "},\"exp\":1800000000}"))),
                arguments("not yet valid", SignedHeaders.sign(good.replace("}}", "},\"nbf\":1800000001}"))),
                arguments("exp is text", SignedHeaders.sign(good.replace("}}", "},\"exp\":\"1900000000\"}"))),
                arguments("exp is null", SignedHeaders.sign(good.replace("}}", "},\"exp\":null}"))),
                arguments("exp is endless", SignedHeaders.sign(good.replace("}}", "},\"exp\":1e400}"))),
                arguments("claim missing", SignedHeaders.sign("{\"tools\":{\"ns/one\":[\"alpha\"]}}")),
                arguments("claim of the other header", SignedHeaders.capabilities("{\"tools\":" + ALPHA + "}")),
                arguments("claim null", SignedHeaders.sign("{\"allowed-tools\":null}")),
                arguments("claim an array", SignedHeaders.sign("{\"allowed-tools\":[\"alpha\"]}")),
                arguments("claim empty", SignedHeaders.tools("")),
                arguments("claim no JSON", SignedHeaders.tools("{\"ns/one\":[\"alpha\"]")),
                arguments("claim with more behind", SignedHeaders.tools(ALPHA + "{}")),
                arguments("a name twice", SignedHeaders.tools("{\"ns/one\":[],\"ns/one\":[\"alpha\"]}")),
                arguments("names null", SignedHeaders.tools("{\"ns/one\":null}")),
                arguments("names an object", SignedHeaders.tools("{\"ns/one\":{\"alpha\":\"x\"}}")),
                arguments("a name is a number", SignedHeaders.tools("{\"ns/one\":[\"alpha\",1]}")),
                arguments("payload no object", SignedHeaders.sign("[]")),
                arguments("payload no JSON", SignedHeaders.sign("x")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worthless")
    void whateverIsWrongMeansNothingIsVisible(String fault, String token) {
        assertThat(trusted.allowed(one("x-authorized-tools", token), NOW).tools())
                .as(fault)
                .isEqualTo(Only.NOTHING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tools\":{\"ns/one\":[\"alpha\"]},\"prompts\":{}} | alpha",
                "{\"tools\":{}} | nothing",
                "{\"tools\":[]} | nothing",
                "{\"tools\":null} | nothing",
                "{\"prompts\":{\"ns/one\":[\"p\"]}} | no statement",
                "{} | no statement",
                "[] | nothing",
                "'' | nothing"
            })
    void capabilitiesSpeakOfToolsOrMakeNoStatement(String claim, String expected) {
        AuthorizedNames allowed = switch (expected) {
            case "alpha" -> ONLY_ALPHA;
            case "nothing" -> Only.NOTHING;
            default -> ALL;
        };
        RequestHeaders request = one("x-mcp-authorized", SignedHeaders.capabilities(claim));

        assertThat(trusted.allowed(request, NOW).tools()).isEqualTo(allowed);
        assertThat(headers(false, true).allowed(request, NOW).tools())
                .isEqualTo(expected.equals("alpha") ? ONLY_ALPHA : Only.NOTHING);
    }

    @Test
    void anEmptyMapDeniesEverything() {
        assertThat(trusted.allowed(one("x-authorized-tools", SignedHeaders.tools("{}")), NOW)
                        .tools())
                .isEqualTo(Only.NOTHING);
    }

    @Test
    void withoutAHeaderEverythingIsVisibleUnlessAStatementIsRequired() {
        assertThat(trusted.allowed(RequestHeaders.EMPTY, NOW).tools()).isEqualTo(ALL);
        assertThat(headers(true, false).allowed(RequestHeaders.EMPTY, NOW).tools())
                .isEqualTo(Only.NOTHING);
        assertThat(headers(false, true).allowed(RequestHeaders.EMPTY, NOW).tools())
                .isEqualTo(Only.NOTHING);
    }

    @Test
    void severalValuesProveNothing() {
        String signed = SignedHeaders.tools(ALPHA);

        assertThat(trusted.allowed(RequestHeaders.of(Map.of("x-authorized-tools", List.of(signed, signed))), NOW)
                        .tools())
                .isEqualTo(Only.NOTHING);
    }

    @Test
    void withoutAKeyNoHeaderAllowsAnything() {
        TrustedHeaders keyless = new TrustedHeaders(AuthorizationSettings.NONE);

        assertThat(keyless.allowed(one("x-authorized-tools", SignedHeaders.tools(ALPHA)), NOW)
                        .tools())
                .isEqualTo(Only.NOTHING);
        assertThat(keyless.allowed(RequestHeaders.EMPTY, NOW).tools()).isEqualTo(ALL);
    }

    @Test
    void whereBothHeadersSpeakBothMustAllow() {
        RequestHeaders both = RequestHeaders.of(Map.of(
                "x-authorized-tools",
                        List.of(SignedHeaders.tools("{\"ns/one\":[\"alpha\",\"beta\"],\"ns/two\":[\"x\"]}")),
                "x-mcp-authorized",
                        List.of(SignedHeaders.capabilities("{\"tools\":{\"ns/one\":[\"alpha\",\"gamma\"]}}"))));

        assertThat(trusted.allowed(both, NOW).tools())
                .isEqualTo(new Only(Map.of("ns/one", Set.of("alpha"), "ns/two", Set.of())));
    }

    @Test
    void aRememberedTokenStillExpiresAndIsRememberedForItsHeaderOnly() {
        RequestHeaders request = one(
                "x-authorized-tools",
                SignedHeaders.sign("{\"allowed-tools\":{\"ns/one\":[\"alpha\"]},\"exp\":1800000010}"));

        assertThat(trusted.allowed(request, NOW).tools())
                .isEqualTo(ONLY_ALPHA)
                .isSameAs(trusted.allowed(request, NOW).tools());
        assertThat(trusted.allowed(request, NOW.plusSeconds(10)).tools()).isEqualTo(Only.NOTHING);
        // The same token in the other header is read as that header, not taken from memory.
        assertThat(trusted.allowed(
                                one(
                                        "x-mcp-authorized",
                                        request.all("x-authorized-tools").getFirst()),
                                NOW)
                        .tools())
                .isEqualTo(Only.NOTHING);
    }

    private static TrustedHeaders headers(boolean enforceTools, boolean enforceCapabilities) {
        return new TrustedHeaders(
                new AuthorizationSettings(Optional.of(SignedHeaders.publicKey()), enforceTools, enforceCapabilities));
    }

    private static RequestHeaders one(String name, String value) {
        return RequestHeaders.of(Map.of(name, List.of(value)));
    }

    private static String withPayload(String token, String payload) {
        List<String> parts = List.of(token.split("\\.", -1));
        return parts.getFirst() + "." + base64(payload) + "." + parts.getLast();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
