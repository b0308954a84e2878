package io.mcpgateway.broker.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.endpoint.EndpointFixture;
import io.mcpgateway.broker.url.PublicUrls;
import io.mcpgateway.broker.url.UrlTable;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the registry API v0.1, and as Visual Studio Code and GitHub Copilot ask it. */
class RegistryEndpointTest {
    private static final String PATH = "/v0.1/servers";
    private static final ObjectMapper JSON = new ObjectMapper();

    private EndpointFixture fixture;

    @SuppressWarnings("NullAway.Init") // JUnit calls start before anything else.
    RegistryEndpointTest() {}

    @BeforeEach
    void start() throws IOException {
        fixture = new EndpointFixture(Duration.ofSeconds(20), 10);
        fixture.configure(List.of(
                new VirtualServer("ns/vs", List.of("s1_alpha")),
                new VirtualServer("ns/path", List.of("s1_alpha"))
                        .at(new ChosenUrl(Optional.of("/mcp/p"), Optional.empty())),
                new VirtualServer("ns/host", List.of("s1_alpha"))
                        .at(new ChosenUrl(Optional.empty(), Optional.of("finance.example.com")))));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void everyUrlThatIsServedIsListedAndNothingElseOfTheConfiguration() throws Exception {
        verify("registry-list.json", get(PATH));
    }

    @Test
    void anEntryIsFoundUnderItsName() throws Exception {
        for (String name : List.of("com.example.mcp%2Fservers.ns.one", "com.example.mcp/servers.ns.one")) {
            for (String version : List.of("latest", "1.2.3")) {
                verify("registry-one.json", get(PATH + "/" + name + "/versions/" + version));
            }
            assertThat(names(get(PATH + "/" + name + "/versions"))).containsExactly("com.example.mcp/servers.ns.one");
        }
    }

    /** What server.json's schema of 2025-12-11 and openapi.yaml ask of every answer. */
    @Test
    void everyEntryHasWhatTheSchemaWants() throws Exception {
        JsonNode list = JSON.readTree(get(PATH).body());

        assertThat(list.path("metadata").path("count").asInt())
                .isEqualTo(list.path("servers").size());
        assertThat(list.path("servers")).hasSizeGreaterThan(4).allSatisfy(response -> {
            JsonNode server = response.path("server");
            assertThat(server.path("name").textValue())
                    .matches("[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+")
                    .hasSizeBetween(3, 200);
            assertThat(server.path("description").textValue()).hasSizeBetween(1, 100);
            assertThat(server.path("title").textValue()).hasSizeBetween(1, 100);
            assertThat(server.path("version").textValue()).isEqualTo("1.2.3");
            assertThat(server.path("remotes")).singleElement().satisfies(remote -> {
                assertThat(remote.path("type").textValue()).isEqualTo("streamable-http");
                assertThat(remote.path("url").textValue()).matches("https?://[^\\s{}]+");
            });
            JsonNode official = response.path("_meta").path("io.modelcontextprotocol.registry/official");
            assertThat(official.path("status").textValue()).isEqualTo("active");
            assertThat(official.path("isLatest").booleanValue()).isTrue();
        });
    }

    /** Visual Studio Code asks for the next page with the cursor as it is, and without the search. */
    @Test
    void aCursorCarriesTheSearchAndNeedsNoEscapes() throws Exception {
        List<String> found = new ArrayList<>();
        String query = "?limit=1&version=latest&search=VIRTUAL";
        for (int page = 0; page < 3; page++) {
            JsonNode list = JSON.readTree(get(PATH + query).body());
            list.path("servers")
                    .forEach(
                            entry -> found.add(entry.path("server").path("name").asText()));
            String cursor = list.path("metadata").path("nextCursor").asText("");
            assertThat(cursor).matches(page < 2 ? "[A-Za-z0-9_-]+" : "");
            query = "?limit=1&version=latest&cursor=" + cursor;
        }

        assertThat(found)
                .containsExactly(
                        "com.example.mcp/virtual-servers.ns.host",
                        "com.example.mcp/virtual-servers.ns.path",
                        "com.example.mcp/virtual-servers.ns.vs");
    }

    @ParameterizedTest
    @CsvSource({
        "?search=NS.ONE,                         1",
        "?search=nothing,                        0",
        "?version=latest,                        6",
        "?version=1.2.3,                         6",
        "?version=1.2.2,                         0",
        "?limit=2,                               2",
        "?limit=1000,                            6",
        "?updated_since=2030-01-01T00:00:00Z,    6",
        "?unknown=x&search=,                     6",
        "/?search=gateway,                       1"
    })
    void aListCanBeNarrowed(String query, int count) throws Exception {
        assertThat(names(get(PATH + query))).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=x", "?limit=-1", "?cursor=%21", "?cursor=YQ", "?updated_since=today"})
    void aWrongQueryIsRefusedWithAReason(String query) throws Exception {
        HttpResponse<String> response = get(PATH + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).path("error").textValue()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/com.example.mcp%2Fservers.ns.off/versions/latest",
                "/com.example.mcp%2Fservers.ns.one/versions/9",
                "/com.example.mcp%2Fservers.ns.one",
                "/a/b/c/versions"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        HttpResponse<String> response = get(PATH + path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(response.body()).path("error").textValue()).isNotBlank();
    }

    @Test
    void pagesOfAnyOriginMayReadAndNobodyMayWrite() throws Exception {
        for (String method : List.of("GET", "OPTIONS", "POST", "DELETE")) {
            HttpResponse<String> response = fixture.send(method, PATH, "Origin", "https://copilot.example");
            assertThat(response.statusCode())
                    .isEqualTo(
                            switch (method) {
                                case "GET" -> 200;
                                case "OPTIONS" -> 204;
                                default -> 405;
                            });
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(response.headers()
                            .firstValue("Access-Control-Allow-Headers")
                            .orElse(""))
                    .contains("Authorization", "Content-Type");
        }
    }

    @Test
    void itIsOffUnlessItIsTurnedOn() {
        RegistrySettings off = new RegistrySettings(
                false,
                "1",
                "mcp.example.com",
                new PublicUrls(Optional.empty(), "https://mcp.example.com/mcp", Set.of()));
        RegistryEndpoint registry = new RegistryEndpoint(off, () -> BrokerConfig.EMPTY, () -> UrlTable.EMPTY);

        assertThat(registry.serves(PATH)).isFalse();
    }

    @Test
    void aHostOfAVirtualServerIsNoRegistry() throws Exception {
        assertThat(fixture.send("GET", PATH, "X-Forwarded-Host", "finance.example.com")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aBrokenEscapeIsRefused() {
        assertThat(RegistryQuery.read("search=%zz")).isInstanceOf(RegistryQuery.Reading.Refused.class);
    }

    /** {@code -Dgolden=update} rewrites the file. */
    private static void verify(String file, HttpResponse<String> response) throws IOException {
        String answer = JSON.readTree(response.body()).toPrettyString() + "\n";
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(Path.of("src/test/resources/golden/endpoint", file), answer);
            return;
        }
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer).isEqualTo(EndpointFixture.golden(file));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return fixture.send("GET", path, "X-Forwarded-Host", "mcp.example.com", "X-Forwarded-Proto", "https");
    }

    private static List<String> names(HttpResponse<String> response) throws IOException {
        List<String> names = new ArrayList<>();
        JSON.readTree(response.body())
                .path("servers")
                .forEach(entry -> names.add(entry.path("server").path("name").asText()));
        return names;
    }
}
