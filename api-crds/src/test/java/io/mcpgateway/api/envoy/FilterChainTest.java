package io.mcpgateway.api.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.WatchedAnswers;
import io.mcpgateway.api.wire.WithheldHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterChainTest {
    private static final String CLUSTER = "outbound|50051||mcp-gateway.mcp-system.svc.cluster.local";
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    @Test
    void aListenerOfOurOwnRunsTheFiltersForEverything() throws IOException {
        assertGolden(
                "filters-everything.yaml",
                yaml(FilterChain.filters(
                        FilterChainSettings.of("mcp_router", new Scope.Everything("mcp.example.com")))));
    }

    @Test
    void aSharedListenerRunsThemForOurHostsAndInternalHeadersOnly() throws IOException {
        Scope scope = new Scope.Hosts("mcp.example.com", List.of("tools.example.com"), List.of("*.mcp.local"));

        assertGolden("filters-hosts.yaml", yaml(FilterChain.filters(FilterChainSettings.of(CLUSTER, scope))));
    }

    @Test
    void theLastFiltersAreTheSameForEveryListener() throws IOException {
        assertGolden("filters-last.yaml", yaml(FilterChain.lastFilters()));
    }

    /** Anything but the one word takes the caller's token away. */
    @Test
    void onlyForwardLeavesTheCallersAuthorization() {
        JsonNode authorization = FilterChain.lastFilters().getFirst();

        assertThat(authorization.findValuesAsText("exact")).containsExactly("Forward");
        assertThat(authorization.findValuesAsText("remove")).startsWith("authorization");
    }

    @Test
    void theLastFilterTakesOutWhatServersAndClientsMustNotGet() {
        JsonNode headers = FilterChain.lastFilters().getLast();

        assertThat(headers.findValuesAsText("remove"))
                .containsAll(WithheldHeaders.FROM_SERVERS)
                .containsAll(WithheldHeaders.FROM_CLIENTS)
                .contains(GatewayHeaders.UPSTREAM_AUTHORIZATION);
    }

    /** The first filter that restores a client's session ID has none for them, so the server's would stay. */
    @Test
    void onlyRequestsOfASessionGetASessionIdBack() {
        JsonNode matchers = FilterChain.lastFilters().getLast().findValue("matchers");

        assertThat(matchers).hasSize(2);
        assertThat(matchers.get(0).findValuesAsText("header_name"))
                .containsExactly(GatewayHeaders.UPSTREAM_AUTHORIZATION, GatewayHeaders.SESSION_AFFINITY);
        assertThat(matchers.get(0).findValuesAsText("remove")).doesNotContain(McpHeaders.SESSION_ID);
        assertThat(matchers.get(1).findValuesAsText("header_name"))
                .containsExactly(GatewayHeaders.UPSTREAM_AUTHORIZATION);
        assertThat(matchers.get(1).findValuesAsText("remove"))
                .containsAll(matchers.get(0).findValuesAsText("remove"))
                .contains(McpHeaders.SESSION_ID);
    }

    @Test
    void theOrderIsTheMeasuredOne() {
        assertThat(FilterChain.filters(FilterChainSettings.of(CLUSTER, new Scope.Everything("mcp.example.com"))))
                .extracting(filter -> filter.path("name").asText())
                .containsExactly(
                        "mcp.internal_headers",
                        "mcp.buffer_in",
                        "mcp.ext_proc",
                        "mcp.buffer_out",
                        "mcp.broker_requests",
                        "mcp.server_requests",
                        "mcp.watch_answers",
                        "mcp.session_header");
    }

    /** The first filter of a shared listener: what follows trusts these headers. */
    @Test
    void onASharedListenerClientsLoseEveryInternalHeaderFirst() {
        Scope scope = new Scope.Hosts("mcp.example.com", List.of(), List.of());

        JsonNode matchers = FilterChain.filters(FilterChainSettings.of(CLUSTER, scope))
                .getFirst()
                .findValue("matchers");

        assertThat(matchers).hasSize(2);
        assertThat(matchers.get(1).findValuesAsText("remove"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(GatewayHeaders.OF_THE_ROUTER, GatewayHeaders.OF_THE_BROKER, GatewayHeaders.ON_ANSWERS)
                                .flatMap(List::stream)
                                .toList());
        assertThat(matchers.get(1).findValuesAsText("header_name")).containsExactly(GatewayHeaders.INIT_HOST);
    }

    /** There the router removes them, and lets Envoy choose the route anew. */
    @Test
    void atThePublicHostTheyStayForTheRouter() {
        Scope scope = new Scope.Hosts("mcp.example.com", List.of(), List.of());

        JsonNode first = FilterChain.filters(FilterChainSettings.of(CLUSTER, scope))
                .getFirst()
                .findValue("matchers")
                .get(0);

        assertThat(first.findValuesAsText("header_name"))
                .containsExactly(GatewayHeaders.INIT_HOST, ":authority", ":authority");
        assertThat(first.findValuesAsText("remove")).isEqualTo(GatewayHeaders.ON_ANSWERS);
    }

    @Test
    void everyInternalHeaderIsMatchedByTheFiltersOfASharedListener() {
        Scope scope = new Scope.Hosts("mcp.example.com", List.of(), List.of());

        assertThat(FilterChain.filters(FilterChainSettings.of(CLUSTER, scope)))
                .filteredOn(filter -> List.of("mcp.buffer_in", "mcp.ext_proc", "mcp.buffer_out")
                        .contains(filter.path("name").asText()))
                .hasSize(3)
                .allSatisfy(filter -> assertThat(filter.findValuesAsText("header_name"))
                        .contains(":authority")
                        .containsAll(GatewayHeaders.OF_THE_ROUTER)
                        .containsAll(GatewayHeaders.OF_THE_BROKER));
    }

    @Test
    void hostsAreComparedWithoutCaseAsEnvoysRoutesAre() {
        List<JsonNode> matches = valueMatches(new Scope.Hosts("mcp.example.com", List.of(), List.of("*.mcp.local")))
                .filter(match -> !match.has("safe_regex"))
                .toList();

        assertThat(matches)
                .isNotEmpty()
                .allMatch(match -> match.path("ignore_case").asBoolean());
    }

    @Test
    void everyExpressionIsOurOwnAndNamesItsEngine() {
        Scope.Hosts scope = new Scope.Hosts("mcp.example.com", List.of("a.example.com"), List.of("*.mcp.local"));

        Set<String> own = Set.of(
                ".*",
                WatchedAnswers.STATUSES,
                WatchedAnswers.EMPTY_STATUSES,
                BrokerRequests.WITHOUT_MESSAGE,
                BrokerRequests.WHOEVER_ASKS,
                BrokerRequests.REVISIONS,
                BrokerRequests.NAMED_PATH,
                BrokerRequests.WITH_PORT);
        assertThat(FilterChain.filters(FilterChainSettings.of(CLUSTER, scope)))
                .flatExtracting(filter -> filter.findValues("safe_regex"))
                .isNotEmpty()
                .allMatch(regex -> regex.has("google_re2")
                        && own.contains(regex.path("regex").asText()));
    }

    @Test
    void aHostGivenTwiceIsMatchedOnce() {
        Scope.Hosts twice = new Scope.Hosts("a.example.com", List.of("a.example.com"), List.of("*.b.c", "*.b.c"));
        Scope.Hosts once = new Scope.Hosts("a.example.com", List.of(), List.of("*.b.c"));

        assertThat(valueMatches(twice).toList()).isEqualTo(valueMatches(once).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a..b",
                ".a",
                "a.",
                "-a.b",
                "a:80",
                "*.mcp.local",
                "a\nb",
                "a|b",
                "(.*)",
                "%REQ(x)%",
                "a/b",
                "\u00e4.b",
                "a_b.c"
            })
    void whatIsNotADnsNameIsRefused(String host) {
        assertThatThrownBy(() -> new Scope.Hosts(host, List.of(), List.of())).hasMessageContaining(host);
        assertThatThrownBy(() -> new Scope.Hosts("ok.example.com", List.of(host), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DNS name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp.local", "*", "*.", "*mcp.local", "*.*.local", "a.*.b", "*.a|b"})
    void whatIsNotAWildcardNameIsRefused(String pattern) {
        assertThatThrownBy(() -> new Scope.Hosts("ok.example.com", List.of(), List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(pattern);
    }

    @Test
    void aNameOfMoreThan253CharactersIsRefused() {
        assertThat(DnsName.isValid("a.".repeat(126) + "b")).isTrue();
        assertThat(DnsName.isValid("a.".repeat(126) + "bc")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10000,10s", "1500,1.5s", "250,0.25s", "100000,100s"})
    void durationsArePrintedAsProtobufWantsThem(long millis, String expected) {
        FilterChainSettings settings = new FilterChainSettings(
                CLUSTER, Duration.ofMillis(millis), 1024, new Scope.Everything("mcp.example.com"));

        JsonNode extProc = FilterChain.filters(settings).get(2);

        assertThat(extProc.findValue("message_timeout").asText()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'',1,1", "c,0,1", "c,1,0", "c,-1,1"})
    void settingsWithoutAClusterOrALimitAreRefused(String cluster, long millis, int bytes) {
        assertThatThrownBy(() -> new FilterChainSettings(
                        cluster, Duration.ofMillis(millis), bytes, new Scope.Everything("mcp.example.com")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Stream<JsonNode> valueMatches(Scope.Hosts scope) {
        JsonNode filter =
                FilterChain.filters(FilterChainSettings.of(CLUSTER, scope)).get(1);
        return filter.findValues("value_match").stream();
    }

    private static String yaml(List<ObjectNode> filters) throws IOException {
        return YAML.writeValueAsString(filters);
    }

    private static void assertGolden(String name, String actual) throws IOException {
        Path golden = Path.of("src", "test", "resources", "golden", "envoy", name);
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(golden, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
