package io.mcpgateway.broker.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.ExplanationJson;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.broker.endpoint.EndpointFixture;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server ns/one has the prefix s1_, ns/two none; ns/vs selects s1_alpha. */
class WhyTest {
    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @BeforeEach
    void serve() {
        fixture.report(EndpointFixture.ONE, "alpha", "beta");
        fixture.report(EndpointFixture.TWO, "s1_alpha", "gamma");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aServedToolIsNamedWithItsServerAndUrls() throws Exception {
        HttpResponse<String> response = fixture.send("GET", "/status/why?name=s1_beta");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.body())
                .isEqualTo("{\"name\":\"s1_beta\",\"served\":true,\"cases\":[{\"kind\":\"tool\",\"name\":\"s1_beta\","
                        + "\"served\":true,\"server\":\"ns/one\",\"paths\":[\"/mcp\",\"/mcp/servers/ns/one\"],"
                        + "\"message\":\"served\"}]}");
    }

    @Test
    void theServersOwnNameIsUnderstoodToo() throws Exception {
        assertThat(ask("beta").cases())
                .extracting(Explanation.Case::name, Explanation.Case::served)
                .containsExactly(tuple("s1_beta", true));
    }

    @Test
    void aNameThatAnotherServerKeepsIsAConflict() throws Exception {
        Explanation.Case lost = ask("s1_alpha").cases().stream()
                .filter(one -> !one.served())
                .findFirst()
                .orElseThrow();

        assertThat(lost.server()).isEqualTo("ns/two");
        assertThat(lost.code()).contains(ReasonCode.NAME_CONFLICT);
        assertThat(lost.object()).isEqualTo("server ns/one");
        assertThat(lost.paths()).containsExactly("/mcp/servers/ns/two");
    }

    @Test
    void aVirtualServerThatDoesNotSelectAToolIsTheCause() throws Exception {
        Explanation.Case hidden =
                explained("name=s1_beta&virtualServer=ns/vs").cases().getFirst();

        assertThat(hidden.served()).isFalse();
        assertThat(hidden.code()).contains(ReasonCode.NOT_SELECTED);
        assertThat(hidden.object()).isEqualTo("virtual server ns/vs");
        assertThat(explained("name=s1_alpha&url=https://mcp.example.com/mcp/ns/vs")
                        .isServed())
                .isTrue();
    }

    @Test
    void whatTheClaimsDoNotNameIsNotServedToTheCaller() throws Exception {
        String claims = Base64.getUrlEncoder()
                .encodeToString("{\"allowed-tools\":{\"ns/one\":[\"alpha\"]}}".getBytes(StandardCharsets.UTF_8));

        Explanation beta = read(fixture.send("GET", "/status/why?name=s1_beta", Explanation.CLAIMS_HEADER, claims));
        Explanation alpha = read(fixture.send("GET", "/status/why?name=alpha", Explanation.CLAIMS_HEADER, claims));

        assertThat(beta.cases().getFirst().code()).contains(ReasonCode.NOT_AUTHORIZED);
        assertThat(beta.cases().getFirst().paths()).isEmpty();
        assertThat(alpha.isServed()).isTrue();
    }

    @Test
    void serversVirtualServersAndUrlsAreExplained() throws Exception {
        Explanation.Case off = ask("ns/off").cases().getFirst();
        assertThat(off.code()).contains(ReasonCode.DISABLED);
        assertThat(off.served()).isFalse();
        assertThat(ask("ns/one").cases().getFirst().message())
                .contains("it answered at 2026-11-23T10:00:00Z, and no check has failed since");
        assertThat(ask("ns/vs").cases().getFirst().message()).startsWith("shows tools: 1, ");
        assertThat(ask("https://mcp.example.com/mcp/servers/ns/two").isServed()).isTrue();
        Explanation.Case nowhere = ask("/mcp/ns/nobody").cases().getFirst();
        assertThat(nowhere.served()).isFalse();
        assertThat(nowhere.message()).contains("unknown virtual server 'ns/nobody'");
    }

    @Test
    void anUnknownNameIsThatOfTheSilentServerWhosePrefixItHas() throws Exception {
        Explanation.Case silent = ask("off_tool").cases().getFirst();
        assertThat(silent.code()).contains(ReasonCode.DISABLED);
        assertThat(silent.object()).isEqualTo("server ns/off");
        assertThat(ask("delta").cases().getFirst().code()).contains(ReasonCode.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=", "virtualServer=ns/vs", "name=a&virtualServer=b&url=c", "name=%zz"})
    void aBadQuestionIs400(String query) {
        assertThat(WhyQuestion.parse(Optional.of(query), Optional.empty())).isInstanceOf(WhyQuestion.Bad.class);
    }

    @Test
    void badClaimsAllowNothingAndSaySo() throws Exception {
        HttpResponse<String> response = fixture.send("GET", "/status/why?name=a", Explanation.CLAIMS_HEADER, "e30=");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("allowed-tools");
    }

    private Explanation ask(String name) throws Exception {
        return explained("name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private Explanation explained(String query) throws Exception {
        return read(fixture.send("GET", "/status/why?" + query));
    }

    private static Explanation read(HttpResponse<String> response) {
        return ExplanationJson.parse(response.body().getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
    }
}
