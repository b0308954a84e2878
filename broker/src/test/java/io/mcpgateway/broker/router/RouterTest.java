package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.RoutesServed;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ToolHints;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.InitializeServer;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import io.mcpgateway.broker.router.RouteDecision.ToBroker;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionVerdict;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final ServerRequestIds IDS = ServerRequestIds.withKey(new byte[32]);
    private static final Router ROUTER = new Router("mcp.example.com", 100_000, IDS);
    private static final Instant EXPIRY = Instant.parse("2026-11-24T00:00:00Z");
    private static final GatewaySession SESSION = new GatewaySession(
            new GatewaySessionId("gateway-1"),
            EXPIRY,
            CallerBinding.ANONYMOUS,
            Optional.empty(),
            "2025-11-25",
            ClientFeatures.NONE);
    private static final ServerRoute SERVER =
            new ServerRoute(new ServerName("ns/one"), "one.mcp.local", "/mcp", URI.create("http://one.test/mcp"));
    private static final RouteTable TABLE = RouteTable.of(
            RoutesServed.of(Map.of(
                    CapabilityKind.TOOL,
                    Map.of(
                            "p1_alpha",
                                    new CapabilityRoute(CapabilityKind.TOOL, SERVER, "alpha", ToolHints.UNSPECIFIED),
                            "p1_a%\nü ",
                                    new CapabilityRoute(
                                            CapabilityKind.TOOL, SERVER, "a%\nü ", ToolHints.UNSPECIFIED)))),
            List.of(SERVER),
            List.of());
    private static final Authorization ALL = Authorization.EVERYTHING;
    private static final RouterFacts FACTS = new RouterFacts(
            CallerBinding.ANONYMOUS, new SessionVerdict.Valid(SESSION), new RouterTokenVerdict.Absent(), ALL, TABLE);
    private static final String BODY = "{\"id\":\"abc-1\",\"params\":{\"arguments\":{\"big\":12345678901234567890,"
            + "\"f\":1.0,\"h\":\"<a&b>\"},\"name\":\"p1_alpha\"},\"extra\":true,\"jsonrpc\":\"2.0\",\"method\":\"tools/call\"}";

    private static RequestHead post(Map<String, List<String>> headers) {
        return new RequestHead("POST", "mcp.example.com", "/mcp", RequestHeaders.of(headers));
    }

    private static RequestHead post(String contentType) {
        return post(Map.of("content-type", List.of(contentType), "mcp-session-id", List.of("token")));
    }

    private static String call(String toolNameJson) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":" + toolNameJson + "}}";
    }

    private static Forward forward(String body) {
        RouteDecision decision = ROUTER.decide(post("application/json"), RawJson.of(body), FACTS);
        assertThat(decision).isInstanceOf(CallServer.class);
        ServerSession backend = new ServerSession(Optional.of("backend-1"), "2025-06-18");
        return (Forward) ROUTER.complete((CallServer) decision, new SessionOutcome.Ready(backend));
    }

    private static Refusal reject(RouteDecision decision) {
        assertThat(decision).isInstanceOf(Reject.class);
        return ((Reject) decision).answer();
    }

    @Test
    void aForwardedBodyDiffersInTheToolNameOnly() {
        assertThat(forward(BODY).body().orElseThrow().bytes())
                .isEqualTo(BODY.replace("p1_alpha", "alpha").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aToolNameOfAnyCharactersIsSafeInTheHeader() {
        Forward forward = forward(call("\"p1_a%\\n\\u00fc \""));

        assertThat(forward.edits().set()).containsEntry("x-mcp-toolname", "a%25%0A%C3%BC%20");
        assertThat(forward.body().orElseThrow()).hasToString(call("\"a%\\u000aü \""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8", "application/json;charset=UTF-8"})
    void jsonContentTypesAreRead(String contentType) {
        assertThat(ROUTER.decide(post(contentType), RawJson.of(BODY), FACTS)).isInstanceOf(CallServer.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text/plain", "application/jsonx", "application/json-rpc", "application/json, text/plain"})
    void otherContentTypesAreRefused(String contentType) {
        assertThat(reject(ROUTER.decide(post(contentType), RawJson.of(BODY), FACTS))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aMissingOrRepeatedContentTypeIsRefused() {
        RequestHead none = post(Map.of());
        RequestHead twice = post(Map.of("content-type", List.of("application/json", "application/json")));

        assertThat(reject(ROUTER.decide(none, RawJson.of(BODY), FACTS)).status())
                .isEqualTo(415);
        assertThat(reject(ROUTER.decide(twice, RawJson.of(BODY), FACTS)).status())
                .isEqualTo(415);
    }

    /** The attack: a second name in UTF-7, which a server that obeys the charset reads last. */
    @ParameterizedTest
    @ValueSource(strings = {"utf-7", "\"utf-7\"", "UTF-16LE", "iso-2022-jp"})
    void aCharsetThatHidesASecondNameIsRefusedWithTheRequestsId(String charset) {
        String body = call("\"p1_alpha\",\"x\":\"+ACI-,+ACI-name+ACI-:+ACI-secret\"");

        Refusal reject = reject(ROUTER.decide(post("application/json; charset=" + charset), RawJson.of(body), FACTS));

        assertThat(reject.status()).isEqualTo(415);
        assertThat(reject.body().toString()).contains("\"id\":1,", "charset");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | ''",
                "Application/JSON; charset=\"UTF-8\" | ''",
                "application/json; x=\"; charset=utf-7\" | identity",
                "application/json | identity",
            })
    void whatGoesOnIsPlainJsonHoweverTheClientWroteIt(String contentType, String encoding) {
        Map<String, List<String>> headers =
                new HashMap<>(Map.of("content-type", List.of(contentType), "mcp-session-id", List.of("token")));
        if (!encoding.isEmpty()) {
            headers.put("content-encoding", List.of(encoding));
        }
        boolean plain = contentType.equals("application/json") && encoding.isEmpty();

        for (String body : List.of(BODY, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")) {
            RouteDecision decision = ROUTER.decide(post(headers), RawJson.of(body), FACTS);
            HeaderEdits edits = decision instanceof CallServer call
                    ? ((Forward) ROUTER.complete(
                                    call,
                                    new SessionOutcome.Ready(
                                            new ServerSession(Optional.of("backend-1"), "2025-06-18"))))
                            .edits()
                    : ((ToBroker) decision).edits();

            assertThat(edits.set().getOrDefault("content-type", contentType)).isEqualTo("application/json");
            assertThat(edits.set().containsKey("content-type")).isEqualTo(!plain);
            assertThat(edits.remove().contains("content-encoding")).isEqualTo(!encoding.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp-session-id", "mcp-method", "mcp-name", "mcp-param-region", "mcp-new", "last-event-id"})
    void ofMcpsOwnHeadersThereIsOneEach(String name) {
        Map<String, List<String>> headers =
                new HashMap<>(Map.of("content-type", List.of("application/json"), "mcp-session-id", List.of("token")));
        headers.put(name, List.of("a", "a"));

        Refusal reject = reject(ROUTER.decide(post(headers), RawJson.of(BODY), FACTS));

        assertThat(reject.status()).isEqualTo(400);
        assertThat(reject.body().toString()).contains("\"id\":\"abc-1\"", name);
    }

    @ParameterizedTest
    @CsvSource({"banana, -32600", "1999-01-01, -32600", "'2025-11-25, 2025-06-18', -32600"})
    void aCallNamesTheRevisionByTheSameRuleAsEveryRequest(String version, int code) {
        Refusal reject = reject(ROUTER.decide(
                post(Map.of(
                        "content-type",
                        List.of("application/json"),
                        "mcp-session-id",
                        List.of("token"),
                        "mcp-protocol-version",
                        List.of(version))),
                RawJson.of(BODY),
                FACTS));

        assertThat(reject.status()).isEqualTo(400);
        assertThat(reject.body().toString()).contains("\"id\":\"abc-1\"", Integer.toString(code));
    }

    @Test
    void aLaterRevisionInASessionGoesOnAsTheServers() {
        RouteDecision decision = ROUTER.decide(
                post(Map.of(
                        "content-type",
                        List.of("application/json"),
                        "mcp-session-id",
                        List.of("token"),
                        "mcp-protocol-version",
                        List.of("2026-07-28, 2026-07-28"))),
                RawJson.of(BODY),
                FACTS);
        Forward forward = (Forward) ROUTER.complete(
                (CallServer) decision,
                new SessionOutcome.Ready(new ServerSession(Optional.of("backend-1"), "2025-06-18")));

        assertThat(forward.edits().set()).containsEntry("mcp-protocol-version", "2025-06-18");
    }

    /** MCP 2025-11-25, "Tasks": a receiver that declares none ignores it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'p1_alpha','task':{'ttl':60000}} | {'name':'alpha'}",
                "{'task':{'ttl':60000},'name':'p1_alpha'} | {'name':'alpha'}",
                "{ 'task' : null , 'name':'p1_alpha' } | {  'name':'alpha' }",
                "{'name':'p1_alpha' , 'task':[1,{'task':2}] , 'arguments':{'task':1}} | {'name':'alpha' , "
                        + " 'arguments':{'task':1}}",
                "{'name':'p1_alpha', '\\u0074ask':'x' } | {'name':'alpha' }",
                "{'name':'p1_alpha','arguments':{'task':1.0}} | {'name':'alpha','arguments':{'task':1.0}}",
            })
    void aServerIsNotAskedForTasks(String params, String sent) {
        String body = "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':" + params + "}";

        assertThat(forward(body.replace('\'', '"')).body().orElseThrow())
                .hasToString(body.replace(params, sent).replace('\'', '"'));
    }

    @Test
    void theBodyLimitIsExact() {
        Router small = new Router("mcp.example.com", BODY.length(), IDS);

        assertThat(small.decide(post("application/json"), RawJson.of(BODY), FACTS))
                .isInstanceOf(CallServer.class);
        assertThat(reject(small.decide(post("application/json"), RawJson.of(BODY + " "), FACTS))
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /mcp",
        "DELETE, /mcp",
        "OPTIONS, /mcp",
        "HEAD, /mcp/",
        "PUT, /mcp",
        "POST, /mcpx",
        "POST, /",
        "POST, /MCP",
        "POST, //mcp",
        "POST, /status",
        "GET, /.well-known/oauth-protected-resource"
    })
    void everythingButMessagesIsPinnedUnread(String method, String path) {
        RequestHead head = new RequestHead(
                method,
                "one.mcp.local",
                path,
                RequestHeaders.of(Map.of(
                        "x-mcp-toolname",
                        List.of("alpha"),
                        "router-key",
                        List.of("k"),
                        "x-mcp-virtualserver",
                        List.of("v"))));
        Map<String, String> set = path.startsWith("/mcp") && !path.equals("/mcpx")
                ? Map.of(":authority", "mcp.example.com", "x-mcp-caller", "-")
                : Map.of(":authority", "mcp.example.com");
        ToBroker expected = new ToBroker(new HeaderEdits(set, java.util.Set.of("router-key", "x-mcp-toolname")));

        assertThat(ROUTER.decideWithoutBody(head, FACTS)).isEqualTo(expected);
        assertThat(ROUTER.decide(head, RawJson.of("no json"), FACTS)).isEqualTo(expected);
        assertThat(ROUTER.decide(head, RawJson.of(call("\"p1_alpha\"")), FACTS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "DELETE"})
    void theBrokersOwnRequestsReachTheHostOfTheirToken(String method) {
        RequestHead head = new RequestHead(
                method,
                "gateway",
                "/custom",
                RequestHeaders.of(Map.of(
                        "mcp-init-host", List.of("One.mcp.local"),
                        "router-key", List.of("token"),
                        "x-mcp-toolname", List.of("alpha"))));
        RouterFacts facts = new RouterFacts(
                CallerBinding.ANONYMOUS,
                new SessionVerdict.Missing(),
                new RouterTokenVerdict.Valid("one.mcp.local", "t", EXPIRY),
                ALL,
                TABLE);
        InitializeServer expected = new InitializeServer(
                "one.mcp.local",
                new HeaderEdits(
                        Map.of(":authority", "one.mcp.local", "x-mcp-upstream-authorization", "None"),
                        java.util.Set.of("mcp-init-host", "router-key")),
                new CallAuthorization.None());

        assertThat(ROUTER.decideWithoutBody(head, facts)).isEqualTo(expected);
        assertThat(ROUTER.decide(head, RawJson.of("{}"), facts)).isEqualTo(expected);
    }

    static Stream<RouterTokenVerdict> worthless() {
        return Stream.of(
                new RouterTokenVerdict.Absent(),
                new RouterTokenVerdict.Invalid("expired"),
                new RouterTokenVerdict.Valid("two.mcp.local", "t", EXPIRY));
    }

    @ParameterizedTest
    @MethodSource("worthless")
    void aClientCannotChooseTheHost(RouterTokenVerdict verdict) {
        RouterFacts facts =
                new RouterFacts(CallerBinding.ANONYMOUS, new SessionVerdict.Valid(SESSION), verdict, ALL, TABLE);
        for (String method : List.of("GET", "POST", "DELETE", "OPTIONS")) {
            RequestHead head = new RequestHead(
                    method,
                    "mcp.example.com",
                    "/mcp",
                    RequestHeaders.of(Map.of(
                            "mcp-init-host", List.of("one.mcp.local"), "router-key", List.of("secret-api-key"))));

            Refusal withoutBody = reject(ROUTER.decideWithoutBody(head, facts));
            assertThat(withoutBody.status()).isEqualTo(403);
            assertThat(withoutBody.body().toString()).contains("router token").doesNotContain("expired", "local");
            assertThat(reject(ROUTER.decide(head, RawJson.of(BODY), facts)).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void severalInitHostsAreRefused() {
        RequestHead head = post(Map.of("mcp-init-host", List.of("one.mcp.local", "two.mcp.local")));
        RouterFacts facts = new RouterFacts(
                CallerBinding.ANONYMOUS,
                new SessionVerdict.Missing(),
                new RouterTokenVerdict.Valid("one.mcp.local", "t", EXPIRY),
                ALL,
                TABLE);

        assertThat(reject(ROUTER.decide(head, RawJson.of(BODY), facts)).status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"200, 502", "0, 502", "302, 502", "401, 401", "504, 504", "600, 502"})
    void aFailedBackendIsNeverASuccess(int status, int answered) {
        RouteDecision call = ROUTER.decide(post("application/json"), RawJson.of(BODY), FACTS);
        Refusal reject = reject(
                ROUTER.complete((CallServer) call, new SessionOutcome.Failed(status, "ns/one cannot be reached")));

        assertThat(reject.status()).isEqualTo(answered);
        assertThat(reject.body())
                .hasToString("{\"jsonrpc\":\"2.0\",\"id\":\"abc-1\",\"error\":{\"code\":-32003,"
                        + "\"message\":\"ns/one cannot be reached\"}}");
    }

    @Test
    void aLongToolNameIsCutInTheAnswer() {
        Refusal reject =
                reject(ROUTER.decide(post("application/json"), RawJson.of(call("\"" + "x".repeat(500) + "\"")), FACTS));

        assertThat(reject.body().toString()).contains("Unknown tool: " + "x".repeat(128) + "…\"");
    }
}
