package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import io.mcpgateway.broker.http.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the broker serves at the URLs of virtual servers: ns/vs, also at /mcp/short, and ns/other. */
class McpUrlTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}";
    private static final String METADATA = "/.well-known/oauth-protected-resource";

    private EndpointFixture fixture;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    McpUrlTest() {}

    @BeforeEach
    void start() throws IOException {
        fixture = new EndpointFixture(
                Duration.ofSeconds(20), 10, new AuthorizationSettings(Optional.empty(), false, false));
        fixture.configure(List.of(
                new VirtualServer("ns/vs", List.of("s1_alpha"))
                        .at(new ChosenUrl(Optional.of("/mcp/short"), Optional.empty())),
                new VirtualServer("ns/other", List.of("s1_beta")),
                new VirtualServer("ns/own", List.of("s1_alpha"))
                        .at(new ChosenUrl(Optional.empty(), Optional.of("own.example.com")))));
        fixture.report(EndpointFixture.ONE, "alpha", "beta");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp/ns/vs", "/mcp/ns/vs/", "/mcp/short", "/mcp/ns/vs?x=/mcp"})
    void aVirtualServersUrlShowsWhatItSelects(String path) throws Exception {
        String session = session(path);

        assertThat(fixture.postTo(path, LIST, "Mcp-Session-Id", session).body())
                .contains("s1_alpha")
                .doesNotContain("s1_beta");
    }

    @Test
    void aServersUrlShowsItAloneUnderItsOwnNames() throws Exception {
        fixture.report(EndpointFixture.TWO, "alpha");
        String session = session("/mcp/servers/ns/one");
        String listed = fixture.postTo("/mcp/servers/ns/one", LIST, "Mcp-Session-Id", session)
                .body();

        assertThat(listed).contains("{\"name\":\"alpha\"", "{\"name\":\"beta\"").doesNotContain("s1_");
        assertThat(modernList("/mcp/servers/ns/two")).contains("\"alpha\"").doesNotContain("beta");
        assertThat(fixture.postTo("/mcp/servers/ns/off", EndpointFixture.INITIALIZE)
                        .body())
                .contains("unknown server 'ns/off'");
    }

    @Test
    void aSessionIsGoodAtItsOwnUrlOnly() throws Exception {
        String there = session("/mcp/ns/vs");
        String everything = session("/mcp");

        for (String path : List.of("/mcp", "/mcp/ns/other")) {
            HttpResponse<String> response = fixture.postTo(path, LIST, "Mcp-Session-Id", there);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("it was started at /mcp/ns/vs; initialize again");
            assertThat(fixture.send("DELETE", path, "Mcp-Session-Id", there).statusCode())
                    .isEqualTo(404);
        }
        assertThat(fixture.postTo("/mcp/ns/vs", LIST, "Mcp-Session-Id", everything)
                        .statusCode())
                .isEqualTo(404);
        assertThat(fixture.postTo("/mcp/short", LIST, "Mcp-Session-Id", there).statusCode())
                .isEqualTo(200);
        assertThat(fixture.send("DELETE", "/mcp/ns/vs", "Mcp-Session-Id", there).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aHeaderMayOnlySayTheSameAsTheUrl() throws Exception {
        HttpResponse<String> other =
                fixture.postTo("/mcp/ns/vs", EndpointFixture.INITIALIZE, "X-Mcp-Virtualserver", "ns/other");
        HttpResponse<String> same =
                fixture.postTo("/mcp/ns/vs", EndpointFixture.INITIALIZE, "X-Mcp-Virtualserver", "ns/vs");

        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("virtual server 'ns/vs'").contains("names 'ns/other'");
        assertThat(same.statusCode()).isEqualTo(200);
    }

    @Test
    void anUnknownUrlIsNamed() throws Exception {
        for (String method : List.of("POST", "GET", "DELETE")) {
            HttpResponse<String> response = fixture.send(method, "/mcp/ns/gone", "Content-Type", "application/json");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("\"jsonrpc\":\"2.0\"").contains("unknown virtual server 'ns/gone'");
        }
    }

    @Test
    void itsUrlMayBeKeptByEveryoneWhoUsesIt() throws Exception {
        String everything = modernList("/mcp");
        String chosen = modernList("/mcp/ns/vs");

        assertThat(everything).contains("\"cacheScope\":\"private\"").contains("s1_beta");
        assertThat(chosen).contains("\"cacheScope\":\"public\"").doesNotContain("s1_beta");
    }

    @Test
    void aStreamIsThatOfItsSessionsUrl() throws Exception {
        String session = session("/mcp/ns/vs");
        try (RawClient stream = new RawClient(fixture.port())) {
            stream.send(
                    "GET /mcp/ns/vs HTTP/1.1\nHost: h\nAccept: text/event-stream\nMcp-Session-Id: " + session + "\n\n");
            assertThat(stream.line()).contains("200");
        }
        try (RawClient stream = new RawClient(fixture.port())) {
            stream.send("GET /mcp HTTP/1.1\nHost: h\nAccept: text/event-stream\nMcp-Session-Id: " + session + "\n\n");
            assertThat(stream.line()).contains("404");
        }
    }

    @Test
    void everyUrlIsAResourceOfItsOwn() throws Exception {
        assertThat(resource("mcp.example.com", METADATA + "/mcp/ns/vs"))
                .contains("\"resource\":\"https://mcp.example.com/mcp/ns/vs\"");
        assertThat(resource("mcp.example.com", METADATA + "/mcp/short"))
                .contains("\"resource\":\"https://mcp.example.com/mcp/short\"");
        assertThat(resource("own.example.com", METADATA + "/mcp"))
                .contains("\"resource\":\"https://own.example.com/mcp\"");
        assertThat(resource("own.example.com", METADATA)).contains("\"resource\":\"https://own.example.com/mcp\"");
        assertThat(fixture.send("GET", METADATA + "/mcp/ns/gone").statusCode()).isEqualTo(404);
    }

    @Test
    void pagesOfAHostOfItsOwnMayUseIt() throws Exception {
        HttpResponse<String> own =
                fixture.postTo("/mcp/ns/own", EndpointFixture.INITIALIZE, "Origin", "https://own.example.com");
        HttpResponse<String> other =
                fixture.postTo("/mcp/ns/own", EndpointFixture.INITIALIZE, "Origin", "https://other.example.com");
        HttpResponse<String> preflight = fixture.send("OPTIONS", "/mcp/ns/gone", "Origin", "https://own.example.com");

        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("https://own.example.com");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(preflight.statusCode()).isEqualTo(204);
    }

    private String resource(String host, String path) throws Exception {
        return fixture.send("GET", path, "X-Forwarded-Host", host, "X-Forwarded-Proto", "https")
                .body();
    }

    private String modernList(String path) throws Exception {
        return fixture.postTo(path, ModernRequest.body("1", "tools/list"), ModernRequest.headers("tools/list"))
                .body();
    }

    private String session(String path) throws Exception {
        HttpResponse<String> response = fixture.postTo(path, EndpointFixture.INITIALIZE);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }
}
