package io.mcpgateway.broker.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginRuleTest {
    private static final OriginRule RULE = OriginRule.of(
            "MCP.example.com:8443", false, List.of("https://app.example.com", "http://tools.example.com:3000"));

    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com, true",
        "http://mcp.example.com:8888, true",
        "https://MCP.EXAMPLE.COM, true",
        "https://app.example.com, true",
        "https://app.example.com:443, true",
        "http://tools.example.com:3000, true",
        "http://app.example.com, false",
        "https://app.example.com:8443, false",
        "http://tools.example.com, false",
        "https://evil.example, false",
        "https://mcp.example.com.evil.example, false",
        "https://evil.example#mcp.example.com, false",
        "https://mcp.example.com@evil.example, false",
        "https://evil@mcp.example.com, false",
        "https://mcp.example.com/path, false",
        "chrome-extension://mcp.example.com, false",
        "http://localhost, false",
        "http://127.0.0.1:8080, false",
        "mcp.example.com, false",
        "//mcp.example.com, false",
        "null, false",
        "'https://app.example.com, https://app.example.com', false",
        "'', false"
    })
    void onlyPagesOfTheOwnHostAndOfTheListAreAdmitted(String origin, boolean admitted) {
        RequestHeaders headers = headers(origin);

        assertThat(RULE.admits(headers)).isEqualTo(admitted);
        assertThat(RULE.refusal(headers).isEmpty()).isEqualTo(admitted);
        assertThat(RULE.answerHeaders(headers).isEmpty()).isEqualTo(!admitted);
        assertThat(RULE.preflightHeaders(headers).isEmpty()).isEqualTo(!admitted);
    }

    @Test
    void aRequestOfNoPageIsAdmittedAndGetsNoHeaders() {
        assertThat(RULE.admits(RequestHeaders.EMPTY)).isTrue();
        assertThat(RULE.answerHeaders(RequestHeaders.EMPTY)).isEmpty();
    }

    @Test
    void twoOriginsAreNobodys() {
        RequestHeaders two = headers("https://app.example.com", "https://app.example.com");

        assertThat(RULE.admits(two)).isFalse();
        assertThat(OriginRule.of("h", false, List.of("*")).admits(two)).isTrue();
    }

    @Test
    void thePageThatAsksIsNamedInTheAnswer() {
        assertThat(RULE.answerHeaders(headers("https://app.example.com")))
                .containsEntry("access-control-allow-origin", "https://app.example.com")
                .containsEntry("vary", "Origin")
                .containsEntry("access-control-expose-headers", "Mcp-Session-Id, WWW-Authenticate");
        assertThat(OriginRule.of("h", false, List.of("*")).answerHeaders(headers("null")))
                .containsEntry("access-control-allow-origin", "*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mcp-param-region | mcp-param-region",
                "Mcp-Param-Region, content-type,mcp-param-x_y.z | mcp-param-region, mcp-param-x_y.z",
                "mcp-param-a, MCP-PARAM-A | mcp-param-a",
                "mcp-param- | ''",
                "x-mcp-toolname, cookie, mcp-param-a b, x-mcp-param-c | ''",
            })
    void headersNamedAfterArgumentsAreAllowedIfAskedFor(String asked, String echoed) {
        RequestHeaders page = RequestHeaders.of(
                Map.of("origin", List.of("https://app.example.com"), "access-control-request-headers", List.of(asked)));

        assertThat(RULE.preflightHeaders(page))
                .containsEntry(
                        "access-control-allow-headers",
                        "Authorization, Content-Type, Accept, Mcp-Session-Id, Mcp-Protocol-Version, Mcp-Method,"
                                + " Mcp-Name, Last-Event-ID, X-Mcp-Virtualserver"
                                + (echoed.isEmpty() ? "" : ", " + echoed));
    }

    @Test
    void aPreflightAnswerIsBounded() {
        String asked =
                IntStream.range(0, 1000).mapToObj(index -> "mcp-param-" + index).collect(Collectors.joining(","));
        RequestHeaders page = RequestHeaders.of(
                Map.of("origin", List.of("https://app.example.com"), "access-control-request-headers", List.of(asked)));

        assertThat(RULE.preflightHeaders(page).get("access-control-allow-headers"))
                .endsWith("mcp-param-63")
                .hasSizeLessThan(2000);
    }

    @Test
    void theRefusalNamesTheRuleAndTheOrigin() {
        assertThat(RULE.refusal(headers("https://evil.example"))).hasValueSatisfying(reject -> {
            assertThat(reject.status()).isEqualTo(403);
            assertThat(reject.body().toString())
                    .startsWith("{\"jsonrpc\":\"2.0\",\"error\"")
                    .contains("Origin not allowed: 'https://evil.example'", "--allowed-origins");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:6274, true",
        "http://127.0.0.1, true",
        "http://[::1]:3000, true",
        "http://evil.example, false",
        "http://localhost.evil.example, false"
    })
    void aGatewayOnTheOwnMachineKnowsItsPages(String origin, boolean admitted) {
        assertThat(OriginRule.of("localhost", false, List.of()).admits(headers(origin)))
                .isEqualTo(admitted);
        assertThat(OriginRule.of("mcp.example.com", true, List.of()).admits(headers(origin)))
                .isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://a.example", "http://a.example:1", "vscode-webview://abc", "http://[::1]:80"})
    void originsMayStandInTheList(String entry) {
        assertThat(OriginRule.isEntry(entry)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.example", "https://a.example/", "https://*.a.example", "https://u@a.example", "", "null"})
    void anythingElseMayNot(String entry) {
        assertThat(OriginRule.isEntry(entry)).isFalse();
    }

    private static RequestHeaders headers(String... origins) {
        return RequestHeaders.of(Map.of("origin", List.of(origins)));
    }
}
