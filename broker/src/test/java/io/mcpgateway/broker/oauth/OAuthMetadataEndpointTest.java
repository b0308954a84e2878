package io.mcpgateway.broker.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.endpoint.EndpointFixture;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthMetadataEndpointTest {
    private static final String PATH = "/.well-known/oauth-protected-resource";

    private EndpointFixture fixture;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    OAuthMetadataEndpointTest() {}

    @BeforeEach
    void start() throws IOException {
        fixture = new EndpointFixture(Duration.ofSeconds(20), 10);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void theDocumentIsServedUnderAnySuffixToAnyOrigin() throws Exception {
        for (String path : List.of("", "/mcp", "/a/b")) {
            HttpResponse<String> response =
                    fixture.send("GET", PATH + path, "X-Forwarded-Host", "mcp.example.com:8080");
            assertThat(response.body()).isEqualTo(EndpointFixture.golden("oauth.json"));
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
        }
    }

    /** The fixture's own host is 127.0.0.1, its public host mcp.example.com. */
    @ParameterizedTest
    @CsvSource({
        "mcp.example.com, http, http://mcp.example.com/mcp",
        "mcp.example.com:8443, https, https://mcp.example.com:8443/mcp",
        "MCP.example.com, https, https://MCP.example.com/mcp",
        "127.0.0.1:9, HTTPS, https://127.0.0.1:9/mcp",
        "elsewhere.example.com, https, https://mcp.example.com/mcp",
        "mcp.example.com.elsewhere.example.com, https, https://mcp.example.com/mcp",
        "mcp.example.com:x, https, https://mcp.example.com/mcp",
        "mcp.example.com/a, https, https://mcp.example.com/mcp",
        "user@mcp.example.com, https, https://mcp.example.com/mcp",
        "mcp.example.com, javascript, http://mcp.example.com/mcp",
    })
    void theResourceIsTheUrlThatTheClientUsedIfItsHostIsOurs(String host, String scheme, String resource)
            throws Exception {
        HttpResponse<String> response =
                fixture.send("GET", PATH, "X-Forwarded-Host", host, "X-Forwarded-Proto", scheme);

        assertThat(response.body()).contains("\"resource\":\"" + resource + "\"");
    }

    @Test
    void withoutAProxyItIsTheHostOfTheRequest() throws Exception {
        assertThat(fixture.send("GET", PATH).body()).containsPattern("\"resource\":\"http://127.0.0.1:[0-9]+/mcp\"");
    }

    @Test
    void aPreflightMayNameTheProtocolVersionAndNoCredentials() throws Exception {
        HttpResponse<String> response = fixture.send("OPTIONS", PATH + "/mcp");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .containsIgnoringCase("mcp-protocol-version");
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(fixture.send("POST", PATH).statusCode()).isEqualTo(405);
    }
}
