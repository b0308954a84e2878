package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.http.RawClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see what, and which web pages may ask at all. */
class McpAccessTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/list\"}";
    private static final String NO_TOOLS = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{\"tools\":[]}}";
    private static final String SESSION = "Mcp-Session-Id";
    private static final String EVIL = "https://evil.example";

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @BeforeEach
    void serveTools() {
        fixture.report(EndpointFixture.ONE, "alpha", "beta");
        fixture.report(EndpointFixture.TWO, "hello_world");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void theSignedHeaderLeavesExactlyTheToolsThatItNames() throws Exception {
        String signed = SignedHeaders.tools("{\"ns/one\":[\"alpha\",\"s1_beta\"],\"ns/gone\":[\"x\"]}");

        assertThat(list("X-Authorized-Tools", signed))
                .contains("\"s1_alpha\"")
                .doesNotContain("s1_beta")
                .doesNotContain("hello_world");
    }

    @Test
    void theNewerHeaderDoesTheSame() throws Exception {
        String signed = SignedHeaders.capabilities("{\"tools\":{\"ns/two\":[\"hello_world\"]}}");

        assertThat(list("X-Mcp-Authorized", signed)).contains("hello_world").doesNotContain("s1_alpha");
    }

    @Test
    void theVirtualServerAndTheSignedHeaderBothHaveToShowATool() throws Exception {
        String beta = SignedHeaders.tools("{\"ns/one\":[\"beta\"]}");
        String both = SignedHeaders.tools("{\"ns/one\":[\"alpha\",\"beta\"]}");

        assertThat(list("X-Mcp-Virtualserver", "ns/vs", "X-Authorized-Tools", beta))
                .isEqualTo(NO_TOOLS);
        assertThat(list("X-Mcp-Virtualserver", "ns/vs", "X-Authorized-Tools", both))
                .contains("s1_alpha")
                .doesNotContain("s1_beta");
    }

    @Test
    void initializeCarriesWhatTheServersSayThatTheClientSees() throws Exception {
        fixture.say(EndpointFixture.ONE, "alpha", "first of all");
        fixture.say(EndpointFixture.TWO, "hello_world", "second to none");
        String two = SignedHeaders.tools("{\"ns/two\":[\"hello_world\"]}");
        String nothing = SignedHeaders.tools("{}");

        assertThat(instructions()).contains("ns/one", "\"s1_\"", "> first of all", "ns/two", "> second to none");
        assertThat(instructions("X-Authorized-Tools", two))
                .contains("> second to none")
                .doesNotContain("ns/one");
        assertThat(instructions("X-Authorized-Tools", nothing)).isEmpty();
        assertThat(instructions("X-Authorized-Tools", "worthless")).isEmpty();
        // A virtual server shows every prompt unless it names some; ns/two has none.
        assertThat(instructions("X-Mcp-Virtualserver", "ns/vs"))
                .contains("> first of all")
                .doesNotContain("ns/two");
    }

    private String instructions(String... headers) throws Exception {
        return new ObjectMapper()
                .readTree(fixture.post(EndpointFixture.INITIALIZE, headers).body())
                .at("/result/instructions")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", ""})
    void aWorthlessHeaderShowsNothing(String value) throws Exception {
        assertThat(list("X-Authorized-Tools", value)).isEqualTo(NO_TOOLS);
    }

    @Test
    void aHeaderGivenTwiceShowsNothing() throws Exception {
        String signed = SignedHeaders.tools("{\"ns/one\":[\"alpha\"]}");

        assertThat(list("X-Authorized-Tools", signed, "X-Authorized-Tools", signed))
                .isEqualTo(NO_TOOLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE", "PUT"})
    void pagesOfOtherOriginsAreRefusedWhateverTheyAsk(String method) throws Exception {
        HttpResponse<String> response = fixture.send(
                method, "/mcp", "Origin", EVIL, SESSION, fixture.initialize(), "Accept", "text/event-stream");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("Origin not allowed", EVIL, "--allowed-origins");
        assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    /** As the router does it, which is not asked about every message. */
    @Test
    void theRefusalOfAMessageHasItsId() throws Exception {
        String message = "{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"method\":\"tools/list\"}";

        assertThat(fixture.post(message, "Origin", EVIL).body()).contains("\"id\":\"mine\"", "Origin not allowed");
        assertThat(fixture.postTo("/mcp/team/nobody", message).body()).contains("\"id\":\"mine\"", "team/nobody");
    }

    @Test
    void aRefusedDeleteEndsNothing() throws Exception {
        String token = fixture.initialize();
        fixture.send("DELETE", "/mcp", "Origin", EVIL, SESSION, token);

        assertThat(fixture.post(LIST, SESSION, token).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"https://app.example.com", "http://mcp.example.com:8888"})
    void allowedPagesMayReadAnswersAndErrors(String origin) throws Exception {
        String token = fixture.initialize("Origin", origin);
        HttpResponse<String> good = fixture.post(LIST, SESSION, token, "Origin", origin);
        HttpResponse<String> bad = fixture.post(LIST, "Origin", origin);

        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(bad.statusCode()).isEqualTo(400);
        for (HttpResponse<String> response : java.util.List.of(good, bad)) {
            assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly(origin);
            assertThat(response.headers().allValues("Vary")).containsExactly("Origin");
            assertThat(response.headers().allValues("Access-Control-Expose-Headers"))
                    .containsExactly("Mcp-Session-Id, WWW-Authenticate");
        }
    }

    @Test
    void aStreamCarriesTheHeadersToo() throws Exception {
        try (RawClient stream = fixture.stream(fixture.initialize(), "Origin: " + EndpointFixture.PAGE + "\n")) {
            assertThat(stream.head()).contains("Access-Control-Allow-Origin: " + EndpointFixture.PAGE);
        }
    }

    @Test
    void preflightTellsAllowedPagesWhatTheyMaySend() throws Exception {
        HttpResponse<String> allowed = fixture.send(
                "OPTIONS", "/mcp", "Origin", EndpointFixture.PAGE, "Access-Control-Request-Method", "POST");
        HttpResponse<String> other = fixture.send("OPTIONS", "/mcp", "Origin", EVIL);
        HttpResponse<String> none = fixture.send("OPTIONS", "/mcp");

        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .contains("POST", "DELETE");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Mcp-Session-Id", "Authorization", "Content-Type");
        for (HttpResponse<String> response : java.util.List.of(other, none)) {
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        }
    }

    private String list(String... headers) throws Exception {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = SESSION;
        all[headers.length + 1] = fixture.initialize();
        HttpResponse<String> response = fixture.post(LIST, all);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
