package io.mcpgateway.broker.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.api.contract.reason.RoutedCallJson;
import io.mcpgateway.broker.endpoint.EndpointFixture;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /status/route}, with the real router. Server ns/one has the prefix s1_; ns/vs selects s1_alpha. */
class RouteQuestionTest {
    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @BeforeEach
    void serve() {
        fixture.report(EndpointFixture.ONE, "alpha", "beta");
        fixture.report(EndpointFixture.TWO, "gamma");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aCallIsDecidedOnAsTheRouterWould() throws Exception {
        RoutedCall call = routed("name=s1_beta");

        assertThat(call.decision()).isEqualTo("forwarded");
        assertThat(call.server()).isEqualTo("ns/one");
        assertThat(call.ownName()).isEqualTo("beta");
        assertThat(call.host()).isEqualTo("one.mcp.local");
        assertThat(call.url()).isEqualTo("/mcp");
        assertThat(call.headers())
                .containsExactly(
                        entry(
                                "x-mcp-annotation-hints",
                                "readOnly=unspecified,destructive=unspecified,idempotent=unspecified,openWorld=unspecified"),
                        entry("x-mcp-method", "tools/call"),
                        entry("x-mcp-servername", "ns/one"),
                        entry("x-mcp-toolname", "beta"),
                        entry("x-mcp-upstream-authorization", "None"));
    }

    @Test
    void theUrlsViewDecides() throws Exception {
        assertThat(routed("name=s1_alpha&url=https://mcp.example.com/mcp/ns/vs").headers())
                .containsEntry("x-mcp-path", "/mcp/ns/vs");
        assertThat(routed("name=s1_beta&url=/mcp/ns/vs").decision()).isEqualTo("refused");
        assertThat(routed("name=beta&url=/mcp/servers/ns/one").server()).isEqualTo("ns/one");
        assertThat(routed("name=s1_beta&virtualServer=ns/vs").answer())
                .get()
                .satisfies(answer -> assertThat(answer.body()).contains("s1_beta"));
    }

    @Test
    void aModernClientsCallToALegacyServerIsBridged() throws Exception {
        RoutedCall call = routed("name=s1_alpha&protocolVersion=2026-07-28");

        assertThat(call.decision()).isEqualTo("bridged");
        assertThat(call.server()).isEqualTo("ns/one");
        assertThat(call.serverVersion()).isEqualTo("2025-06-18");
    }

    @Test
    void whatTheCallerMayNotUseIsRefused() throws Exception {
        String claims = Base64.getUrlEncoder()
                .encodeToString("{\"allowed-tools\":{\"ns/one\":[\"alpha\"]}}".getBytes(StandardCharsets.UTF_8));

        assertThat(read(fixture.send("GET", "/status/route?name=s1_beta", Explanation.CLAIMS_HEADER, claims))
                        .decision())
                .isEqualTo("refused");
        assertThat(read(fixture.send("GET", "/status/route?name=s1_alpha", Explanation.CLAIMS_HEADER, claims))
                        .decision())
                .isEqualTo("forwarded");
    }

    @Test
    void noCredentialIsTold() throws Exception {
        fixture.cell.update(snapshot -> snapshot.withConfig(
                new BrokerConfig(
                        List.of(new McpServer(
                                EndpointFixture.ONE,
                                URI.create("http://one.internal:8080/mcp?key=in-the-url"),
                                "one.mcp.local",
                                "s1_",
                                Optional.of(new Credential("Bearer of-the-server")),
                                McpServer.State.ENABLED)),
                        List.of(),
                        Optional.empty(),
                        List.of()),
                "c0ffee"));

        assertThat(fixture.send("GET", "/status/route?name=s1_alpha").body())
                .contains("\"decision\":\"forwarded\"")
                .doesNotContain("of-the-server", "in-the-url", "authorization\":\"Bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "method=tools/call",
                "name=a&method=tools/list",
                "name=a&protocolVersion=1999",
                "name=a&url=mailto:me",
                "name=a&url=a%20b",
                "name=%zz"
            })
    void aBadQuestionIsRefused(String query) {
        assertThat(RouteQuestion.parse(Optional.of(query), Optional.empty())).isInstanceOf(RouteQuestion.Bad.class);
    }

    private RoutedCall routed(String query) throws Exception {
        return read(fixture.send("GET", "/status/route?" + query));
    }

    private static RoutedCall read(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return RoutedCallJson.parse(response.body().getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
