package io.mcpgateway.broker.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.broker.endpoint.EndpointFixture;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/ui/, text/html; charset=utf-8",
        "/ui/page.css, text/css; charset=utf-8",
        "/ui/page.js, text/javascript; charset=utf-8",
        "/ui/form.js, text/javascript; charset=utf-8",
        "/ui/call.js, text/javascript; charset=utf-8",
        "/ui/catalog.json, application/json"
    })
    void everyFileHasItsTypeAndTheHeadersThatKeepScriptsOut(String path, String type) throws Exception {
        HttpResponse<String> response = fixture.send("GET", path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains(type);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                .doesNotContain("unsafe", "http:", "https:", "data:", "*");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @Test
    void thePageHasNoInlineScriptOrStyleAndLoadsNothingFromElsewhere() throws Exception {
        String page = fixture.send("GET", "/ui/").body();

        assertThat(page)
                .doesNotContainPattern("<script(?! src=\"(?:page|form|call)\\.js\" defer></script>)")
                .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:|(?:src|href)=\"(?:https?:)?//");
        assertThat(scripts())
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http://");
        assertThat(fixture.send("GET", "/ui/page.css").body()).doesNotContain("url(", "@import");
    }

    private String scripts() throws Exception {
        return fixture.send("GET", "/ui/page.js").body()
                + fixture.send("GET", "/ui/form.js").body()
                + fixture.send("GET", "/ui/call.js").body();
    }

    @Test
    void theCatalogueNamesToolsAndUrlsOfVirtualServers() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha", "</script><img src=x onerror=alert(1)>");
        fixture.report(EndpointFixture.TWO, "s1_alpha");

        JsonNode catalog = JSON.readTree(fixture.send("GET", "/ui/catalog.json").body());

        assertThat(catalog.at("/tools")).hasSize(2);
        assertThat(catalog.at("/tools").findValuesAsText("name"))
                .containsExactly("s1_</script><img src=x onerror=alert(1)>", "s1_alpha");
        assertThat(catalog.at("/tools/1/server").asText()).isEqualTo("ns/one");
        assertThat(catalog.at("/tools/1/ownName").asText()).isEqualTo("alpha");
        assertThat(catalog.at("/virtualServers/0/name").asText()).isEqualTo("ns/vs");
        assertThat(catalog.at("/virtualServers/0/urls/0").asText()).isEqualTo("/mcp/ns/vs");
        assertThat(catalog.at("/hostName").asText()).isNotEmpty();
    }

    @Test
    void behindEnvoyNoToolIsCalledFromThePage() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha");

        assertThat(JSON.readTree(fixture.send("GET", "/ui/catalog.json").body()).has("calls"))
                .isFalse();
        assertThat(fixture.send("POST", "/ui/mcp", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theDefinitionOfAToolIsThereAsClientsGetIt() throws Exception {
        fixture.report(EndpointFixture.ONE, "a & ü");

        JsonNode tool = JSON.readTree(
                fixture.send("GET", "/ui/tool.json?name=s1_a%20%26%20%C3%BC").body());

        assertThat(tool.at("/name").asText()).isEqualTo("s1_a & ü");
        assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object");
        assertThat(fixture.send("GET", "/ui/tool.json?name=other").statusCode()).isEqualTo(404);
        assertThat(fixture.send("GET", "/ui/tool.json").statusCode()).isEqualTo(404);
    }

    @Test
    void anUnchangedCatalogueIsNotSentAgain() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha");
        String tag = fixture.send("GET", "/ui/catalog.json")
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        HttpResponse<String> same = fixture.send("GET", "/ui/catalog.json", "If-None-Match", tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();

        fixture.report(EndpointFixture.ONE, "alpha", "beta");
        assertThat(fixture.send("GET", "/ui/catalog.json", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    @Test
    void thePathWithoutASlashLeadsThere() throws Exception {
        HttpResponse<String> response = fixture.send("GET", "/ui");

        assertThat(response.statusCode()).isEqualTo(308);
        assertThat(response.headers().firstValue("Location")).contains("ui/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ui/nothing", "/ui/../status", "/ui/page.js/", "/ui/%70age.js", "/ui/StatusPage.class"})
    void nothingElseIsThere(String path) throws Exception {
        assertThat(fixture.send("GET", path).statusCode()).isEqualTo(404);
    }

    @Test
    void noForeignPageReadsItAndNobodyWrites() throws Exception {
        assertThat(fixture.send("GET", "/ui/catalog.json", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(fixture.send("GET", "/ui/catalog.json", "Origin", EndpointFixture.PAGE)
                        .headers()
                        .map())
                .doesNotContainKey("access-control-allow-origin");
        assertThat(fixture.send("POST", "/ui/").statusCode()).isEqualTo(405);
    }
}
