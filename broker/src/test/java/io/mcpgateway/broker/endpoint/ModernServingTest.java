package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** To whom modern revisions are served, and who may share the answers. */
class ModernServingTest {
    private static final String TOOLS = "tools/list";

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10, AuthorizationSettings.NONE);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aModernClientSeesServersOfBothEras() throws Exception {
        fixture.reportModern(EndpointFixture.ONE, "alpha");
        fixture.report(EndpointFixture.TWO, "hello_world");

        HttpResponse<String> response = tools();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("s1_alpha", "hello_world");
        assertThat(fixture.send("GET", "/mcp", ModernRequest.headers("")).statusCode())
                .isEqualTo(405);
        assertThat(fixture.post(ModernRequest.body("1", "ping"), ModernRequest.headers("ping"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aVirtualServerShowsTheModernClientWhatItSelects() throws Exception {
        fixture.reportModern(EndpointFixture.ONE, "alpha");
        fixture.report(EndpointFixture.TWO, "hello_world");

        HttpResponse<String> response = tools("X-Mcp-Virtualserver", "ns/vs");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("s1_alpha").doesNotContain("hello_world");
    }

    @Test
    void aGatewayWithoutServersHasNothingToShow() throws Exception {
        assertThat(tools().body()).contains("\"tools\":[]");
    }

    @Test
    void bothErasAreServedBesideEachOther() throws Exception {
        fixture.reportModern(EndpointFixture.ONE, "alpha");
        String session = fixture.initialize();
        String legacy = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";

        String ofSession = fixture.post(legacy, "Mcp-Session-Id", session).body();
        // Clients that could do more name a later revision in a session all the same.
        String ofEagerClient = fixture.post(legacy, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2026-07-28")
                .body();
        String modern = tools().body();

        assertThat(ofSession).startsWith("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[{");
        assertThat(ofEagerClient).isEqualTo(ofSession);
        assertThat(modern.substring(modern.indexOf("\"tools\":")))
                .isEqualTo(ofSession.substring(ofSession.indexOf("\"tools\":")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | '' | \"ttlMs\":60000,\"cacheScope\":\"public\"",
                "User-Agent | x | \"ttlMs\":60000,\"cacheScope\":\"public\"",
                "Authorization | Bearer one | \"ttlMs\":0,\"cacheScope\":\"private\"",
                "X-Authorized-Tools | worthless | \"ttlMs\":0,\"cacheScope\":\"private\"",
                "X-Mcp-Authorized | worthless | \"ttlMs\":0,\"cacheScope\":\"private\"",
            })
    void anAnswerIsForEveryoneUntilAHeaderCanDecide(String name, String value, String hints) throws Exception {
        fixture.configure(List.of());
        fixture.reportModern(EndpointFixture.ONE, "alpha", "beta", "gamma");

        String first = (name.isEmpty() ? tools() : tools(name, value)).body();

        assertThat(first).contains(hints);
    }

    @Test
    void asSoonAsThereIsAVirtualServerNothingIsForEveryone() throws Exception {
        fixture.reportModern(EndpointFixture.ONE, "alpha");

        assertThat(tools().body()).contains("\"ttlMs\":0,\"cacheScope\":\"private\"");
    }

    private HttpResponse<String> tools(String... headers) throws Exception {
        return fixture.post(ModernRequest.body("7", TOOLS), ModernRequest.headers(TOOLS, headers));
    }
}
