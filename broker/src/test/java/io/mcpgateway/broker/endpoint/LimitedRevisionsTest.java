package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.selection.SeenNames;
import io.mcpgateway.api.contract.selection.SelectionRules;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.RouterFacts;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.SessionVerdict;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients get where the gateway or a virtual server only allows some revisions. */
class LimitedRevisionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SESSION = "Mcp-Session-Id";
    private static final String CHOICE = "X-Mcp-Virtualserver";
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // gateway | virtual server | chosen | asked for | answer
                "2025-06-18 2025-11-25 | ''                    | false | 2025-06-18 | 2025-06-18",
                "2025-06-18 2025-11-25 | ''                    | false | 2025-03-26 | 2025-11-25",
                "2025-06-18 2026-07-28 | ''                    | false | 2025-11-25 | 2025-06-18",
                "''                    | 2025-03-26            | true  | 2025-11-25 | 2025-03-26",
                "''                    | 2025-03-26            | false | 2025-11-25 | 2025-11-25",
                "2025-06-18 2025-11-25 | 2025-03-26 2025-06-18 | true  | 2025-11-25 | 2025-06-18"
            })
    void initializeAgreesOnAnAllowedRevision(
            String gateway, String virtualServer, boolean chosen, String asked, String agreed) throws Exception {
        limit(words(gateway), words(virtualServer));

        HttpResponse<String> response = initialize(asked, chosen);

        assertThat(JSON.readTree(response.body()).at("/result/protocolVersion").asText())
                .isEqualTo(agreed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-07-28            | ''         | false | [\"2026-07-28\"] | has to support one of: 2026-07-28",
                "''                    | 2026-07-28 | true  | [\"2026-07-28\"] | has to support one of: 2026-07-28",
                "2025-11-25            | 2026-07-28 | true  | []               | have none in common"
            })
    void initializeIsRefusedWhereNoRevisionHasIt(
            String gateway, String virtualServer, boolean chosen, String supported, String words) throws Exception {
        limit(words(gateway), words(virtualServer));

        HttpResponse<String> response = initialize("2025-11-25", chosen);

        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue(SESSION)).isEmpty();
        assertThat(error.path("code").asInt()).isEqualTo(-32022);
        assertThat(error.path("message").asText())
                .startsWith("Unsupported protocol version: 2025-11-25; ")
                .contains(words);
        assertThat(error.at("/data/supported")).hasToString(supported);
        assertThat(error.at("/data/requested").asText()).isEqualTo("2025-11-25");
    }

    @Test
    void discoverListsExactlyWhatIsAllowed() throws Exception {
        limit(List.of("2026-07-28", "2025-06-18", "2025-11-25"), List.of("2025-03-26", "2025-06-18", "2026-07-28"));

        assertThat(supported(modern("server/discover", false)))
                .containsExactly("2026-07-28", "2025-11-25", "2025-06-18");
        assertThat(supported(modern("server/discover", true))).containsExactly("2026-07-28", "2025-06-18");
    }

    @ParameterizedTest
    @CsvSource({"server/discover", "tools/list", "subscriptions/listen", "tools/call", "no/such", "notifications/x"})
    void modernRequestsAreToldWhatIsAllowed(String method) throws Exception {
        limit(List.of("2025-06-18", "2025-11-25"), List.of());

        HttpResponse<String> response = modern(method, false);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("\"code\":-32022", "start with initialize and one of: 2025-11-25, 2025-06-18")
                .contains("\"data\":{\"supported\":[\"2025-11-25\",\"2025-06-18\"],\"requested\":\"2026-07-28\"}");
    }

    @Test
    void aSessionKeepsItsRevisionWhenItIsNoLongerAllowed() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha");
        String anywhere = fixture.initialize();
        String bound = fixture.initialize(CHOICE, "ns/vs");
        limit(List.of("2026-07-28"), List.of("2026-07-28"));

        assertThat(fixture.post(LIST, SESSION, anywhere, "MCP-Protocol-Version", "2025-06-18")
                        .body())
                .contains("s1_alpha");
        assertThat(fixture.post(LIST, SESSION, bound, CHOICE, "ns/vs").body()).contains("s1_alpha");
        assertThat(fixture.send("DELETE", "/mcp", SESSION, bound).statusCode()).isEqualTo(200);
        assertThat(initialize("2025-06-18", false).body()).contains("-32022");
    }

    @Test
    void aSessionCannotChooseAVirtualServerThatDoesNotAllowItsRevision() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha");
        limit(List.of(), List.of("2025-11-25"));
        String session = fixture.initialize();

        HttpResponse<String> refused = fixture.post(LIST, SESSION, session, CHOICE, "ns/vs");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("this session uses MCP 2025-06-18, which virtual server 'ns/vs' does not allow")
                .contains("it allows: 2025-11-25");
        assertThat(fixture.post(LIST, SESSION, session).body()).contains("s1_alpha");
    }

    /** Router and broker judge different messages of one client; it has to get the same answer from both. */
    @Test
    void theRouterRefusesWhatTheBrokerRefuses() throws Exception {
        Random random = new Random(7);
        Router router = new Router("mcp.example.com", 10_000, ServerRequestIds.withKey(new byte[32]));
        int refusals = 0;
        for (int round = 0; round < 60; round++) {
            limit(some(random), some(random));
            boolean chosen = random.nextBoolean();
            String body = ModernRequest.body("1", "tools/call", "\"name\":\"s1_alpha\"");
            String[] headers = headers("tools/call", chosen);

            RouteDecision decision = router.decide(head(headers), RawJson.of(body), facts());
            HttpResponse<String> answer = fixture.post(body, headers);

            boolean refused = decision instanceof RouteDecision.Reject reject
                    && reject.answer().body().toString().contains("-32022");
            assertThat(answer.body().contains("-32022")).isEqualTo(refused);
            if (refused) {
                refusals++;
                assertThat(answer.body())
                        .isEqualTo(((RouteDecision.Reject) decision)
                                .answer()
                                .body()
                                .toString());
            }
        }
        assertThat(refusals).isBetween(10, 50);
    }

    private RouterFacts facts() {
        return new RouterFacts(
                CallerBinding.ANONYMOUS,
                new SessionVerdict.Missing(),
                new RouterTokenVerdict.Absent(),
                Authorization.EVERYTHING,
                fixture.cell.get().table());
    }

    private static RequestHead head(String... headers) {
        Map<String, List<String>> lines = new HashMap<>();
        for (int index = 0; index < headers.length; index += 2) {
            lines.put(headers[index].toLowerCase(Locale.ROOT), List.of(headers[index + 1]));
        }
        lines.put("content-type", List.of("application/json"));
        return new RequestHead("POST", "mcp.example.com", "/mcp", RequestHeaders.of(lines));
    }

    private static List<String> some(Random random) {
        return ProtocolVersions.NEWEST_FIRST.stream()
                .filter(_ -> random.nextInt(3) == 0)
                .toList();
    }

    private void limit(List<String> gateway, List<String> virtualServer) {
        fixture.configure(
                List.of(new VirtualServer(
                        "ns/vs",
                        List.of("s1_alpha"),
                        List.of(),
                        SelectionRules.NONE,
                        SeenNames.AS_SERVED,
                        virtualServer)),
                gateway);
    }

    private HttpResponse<String> initialize(String version, boolean chosen) throws Exception {
        String body = EndpointFixture.INITIALIZE.replace("2025-06-18", version);
        return chosen ? fixture.post(body, CHOICE, "ns/vs") : fixture.post(body);
    }

    private HttpResponse<String> modern(String method, boolean chosen) throws Exception {
        String body = ModernRequest.body("1", method);
        return fixture.post(
                method.startsWith("notifications/") ? body.replace("\"id\":1,", "") : body, headers(method, chosen));
    }

    private static String[] headers(String method, boolean chosen) {
        List<String> headers = new ArrayList<>(List.of(ModernRequest.headers(method)));
        if (method.equals("tools/call")) {
            headers.addAll(List.of("Mcp-Name", "s1_alpha"));
        }
        if (chosen) {
            headers.addAll(List.of(CHOICE, "ns/vs"));
        }
        return headers.toArray(String[]::new);
    }

    private static List<String> supported(HttpResponse<String> discovered) throws Exception {
        JsonNode versions = JSON.readTree(discovered.body()).at("/result/supportedVersions");
        return StreamSupport.stream(versions.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
