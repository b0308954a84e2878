package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.broker.authorization.AuthorizationClaims;
import io.mcpgateway.broker.authorization.AuthorizedNames;
import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The claims that say what a caller may use, and the headers that bring them: garbage allows nothing. */
public final class ClaimsFuzz {
    static final List<String> SEEDS = List.of(
            "{\"allowed-tools\":\"{\\\"ns/one\\\":[\\\"a\\\"]}\",\"exp\":1800000000}",
            "{\"allowed-tools\":{\"ns/one\":[\"a\",\"b\"]},\"nbf\":1.5e9,\"exp\":1e30}",
            "{\"allowed-capabilities\":{\"tools\":{\"ns/one\":[]},\"prompts\":{},\"resources\":{\"ns/one\":[\"a:{b}\"]}}}",
            "{\"allowed-capabilities\":\"{\\\"tools\\\":{\\\"ns/one\\\":[\\\"a\\\"]}}\",\"allowed-tools\":null}",
            "{\"allowed-tools\":{\"ns/one\":\"a\"}}",
            "[]");

    private static final ObjectMapper TREE = new ObjectMapper();
    private static final TrustedHeaders HEADERS =
            new TrustedHeaders(new AuthorizationSettings(Optional.of(SignedHeaders.publicKey()), false, false));
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private ClaimsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (AuthorizationClaims.Reading reading :
                List.of(AuthorizationClaims.readTools(input), AuthorizationClaims.readCapabilities(input))) {
            if (reading instanceof AuthorizationClaims.Reading.Claims(AuthorizationClaims claims)) {
                claims.problemAt(NOW);
                claims.says().tools().ifPresent(tools -> everyNameIsIn(input, tools));
                claims.says().prompts().ifPresent(prompts -> everyNameIsIn(input, prompts));
            }
        }
        String unsigned = new String(input, StandardCharsets.ISO_8859_1);
        RequestHeaders headers = RequestHeaders.of(Map.of("x-authorized-tools", List.of(unsigned)));
        assertThat(HEADERS.allowed(headers, NOW).tools()).isEqualTo(AuthorizedNames.Only.NOTHING);
    }

    /** What is allowed was said: as a text somewhere in the claims, or in a text that is JSON itself. */
    private static void everyNameIsIn(byte[] input, AuthorizedNames.Only names) {
        try {
            String said = TREE.readTree(input).toString().replace("\\", "");
            for (Set<String> ofServer : names.byServer().values()) {
                for (String name : ofServer) {
                    String text =
                            TREE.getNodeFactory().textNode(name).toString().replace("\\", "");
                    assertThat(said).contains(text);
                }
            }
        } catch (IOException accepted) {
            throw new java.io.UncheckedIOException("accepted what another parser refuses", accepted);
        }
    }
}
