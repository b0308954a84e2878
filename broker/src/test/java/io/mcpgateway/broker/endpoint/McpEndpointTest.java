package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionVerdict;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpEndpointTest {
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"tools/list\"}";
    private static final String SESSION = "Mcp-Session-Id";

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofSeconds(15), 10);

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void initializeAnswersPlainJsonAndASession() throws Exception {
        HttpResponse<String> response = fixture.post(
                initialize("2025-06-18", "{\"elicitation\":{},\"roots\":{\"listChanged\":true}}"), "Accept", "*/*");

        assertThat(response.body())
                .isEqualTo(EndpointFixture.golden("initialize.json").strip());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        GatewaySession session = session(response.headers().firstValue(SESSION).orElseThrow());
        assertThat(session.features().elicitation()).isTrue();
        assertThat(session.features().sampling()).isFalse();
        assertThat(session.features().roots()).isTrue();
        assertThat(session.expiresAt()).isEqualTo(fixture.clock.instant().plus(EndpointFixture.SESSION_LENGTH));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25",
        "1.0, 2025-11-25"
    })
    void aKnownRevisionIsKeptAndAnyOtherIsAnsweredWithOurNewest(String asked, String given) throws Exception {
        HttpResponse<String> response = fixture.post(initialize(asked, "{}"), "MCP-Protocol-Version", asked);

        assertThat(response.body()).contains("\"protocolVersion\":\"" + given + "\"");
    }

    @Test
    void aSessionKeepsTheVirtualServerThatItStartedWith() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha", "beta");
        String token = fixture.initialize("X-Mcp-Virtualserver", "ns/vs");

        assertThat(fixture.post(LIST, SESSION, token).body())
                .contains("s1_alpha")
                .doesNotContain("s1_beta");
    }

    @Test
    void anUnknownVirtualServerIsAnErrorThatNamesIt() throws Exception {
        HttpResponse<String> response = fixture.post(initialize("2025-06-18", "{}"), "X-Mcp-Virtualserver", "ns/nope");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("ns/nope").contains("\"error\"");
        assertThat(response.headers().firstValue(SESSION)).isEmpty();
    }

    @Test
    void toolsAreListedForTheSession() throws Exception {
        fixture.report(EndpointFixture.ONE, "beta", "alpha");
        String token = fixture.initialize();

        HttpResponse<String> response = fixture.post(LIST, SESSION, token, "Accept", "*/*");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{\"tools\":[")
                .containsSubsequence("s1_alpha", "s1_beta");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} | 200 |"
                        + " {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"} | 202 | ''",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/list\"} | 200 | {\"prompts\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}} | 200 |"
                        + " EnvoyFilter",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{\"cursor\":\"x\"}} | 200 | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}} | 400 | does not match a request",
                "[] | 400 | \"error\"",
                "{ | 400 | -32700"
            })
    void eachMessageHasItsAnswer(String message, int status, String part) throws Exception {
        HttpResponse<String> response = fixture.post(message, SESSION, fixture.initialize());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(part);
        if (status == 202) {
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void aMissingSessionIs400() throws Exception {
        HttpResponse<String> response = fixture.post(LIST);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"id\":\"a\"").contains("no session ID found");
    }

    @Test
    void anExpiredSessionIs404() throws Exception {
        String token = fixture.initialize();
        fixture.clock.advance(EndpointFixture.SESSION_LENGTH.plusSeconds(1));

        HttpResponse<String> response = fixture.post(LIST, SESSION, token);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("session expired");
    }

    @Test
    void aSessionBelongsToTheCallerThatTheRouterSawWhateverBecameOfItsToken() throws Exception {
        String caller = CallerBinding.of(List.of("Bearer one")).value();
        String token = fixture.initialize("x-mcp-caller", caller, "Authorization", "Bearer exchanged");

        assertThat(fixture.post(LIST, SESSION, token, "x-mcp-caller", caller).statusCode())
                .isEqualTo(200);
        assertThat(fixture.post(LIST, SESSION, token, "Authorization", "Bearer one")
                        .statusCode())
                .isEqualTo(200);
        assertThat(fixture.post(LIST, SESSION, token, "x-mcp-caller", "-", "Authorization", "Bearer one")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aForgedSessionAndAnotherCallersSessionAreNotFound() throws Exception {
        String token = fixture.initialize("Authorization", "Bearer one");

        for (HttpResponse<String> response : List.of(
                fixture.post(LIST, SESSION, "forged"),
                fixture.post(LIST, SESSION, token),
                fixture.post(LIST, SESSION, token, "Authorization", "Bearer two"))) {
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("session not found");
        }
        assertThat(fixture.post(LIST, SESSION, token, "Authorization", "Bearer one")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void deleteEndsTheSessionAndHandsOverItsBackendSessions() throws Exception {
        String token = fixture.initialize();
        ServerSession backend = new ServerSession(Optional.of("b1"), "2025-06-18");
        fixture.store.put(session(token), new ServerKey("ns/one@1"), backend);

        assertThat(fixture.send("DELETE", "/mcp", SESSION, token).statusCode()).isEqualTo(200);

        assertThat(fixture.backends.ended).containsExactly(new SessionStore.Entry(new ServerKey("ns/one@1"), backend));
        assertThat(fixture.post(LIST, SESSION, token).statusCode()).isEqualTo(404);
        assertThat(fixture.send("DELETE", "/mcp", SESSION, token).statusCode()).isEqualTo(404);
        assertThat(fixture.send("DELETE", "/mcp").statusCode()).isEqualTo(400);
    }

    @Test
    void notificationsThatConcernBackendsArePassedOnAsTheyAre() throws Exception {
        String token = fixture.initialize();
        String cancelled = "{\"jsonrpc\":\"2.0\","
                + " \"method\":\"notifications/cancelled\",\"params\":{\"requestId\":12345678901234567890}}";

        assertThat(fixture.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", SESSION, token)
                        .statusCode())
                .isEqualTo(202);
        assertThat(fixture.post(cancelled, SESSION, token).statusCode()).isEqualTo(202);
        assertThat(fixture.post(cancelled, SESSION, "forged").statusCode()).isEqualTo(404);

        assertThat(fixture.backends.notified).containsExactly("notifications/cancelled " + cancelled);
    }

    @Test
    void theLogLevelIsKeptAndGoesToTheServersThatLog() throws Exception {
        fixture.report(EndpointFixture.ONE, "alpha");
        assertThat(fixture.post(EndpointFixture.INITIALIZE).body()).doesNotContain("logging");
        fixture.report(
                EndpointFixture.TWO,
                Set.of(Capability.TOOLS, Capability.LOGGING),
                EndpointFixture.listings(CapabilityKind.TOOL, "beta"));
        assertThat(fixture.post(EndpointFixture.INITIALIZE).body()).contains("\"logging\":{}");
        String token = fixture.initialize();

        HttpResponse<String> response = fixture.post(setLevel("{\"level\":\"notice\"}"), SESSION, token);

        assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"l\",\"result\":{}}");
        assertThat(fixture.store.logLevel(session(token).id())).contains(LogLevel.NOTICE);
        ServerKey two = Objects.requireNonNull(
                        fixture.cell.get().table().servers().get(EndpointFixture.TWO))
                .key();
        assertThat(fixture.backends.notified).containsExactly("logging/setLevel notice " + Set.of(two));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"level\":\"loud\"}", "{\"level\":\"DEBUG\"}", "{\"level\":7}"})
    void anUnknownLogLevelIsRefusedWithThoseThatThereAre(String params) throws Exception {
        String token = fixture.initialize();

        HttpResponse<String> response = fixture.post(setLevel(params), SESSION, token);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("-32602", "debug, info, notice, warning, error, critical, alert, emergency");
        assertThat(fixture.store.logLevel(session(token).id())).isEmpty();
        assertThat(fixture.backends.notified).isEmpty();
    }

    private static String setLevel(String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"l\",\"method\":\"logging/setLevel\",\"params\":" + params + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "*/*", "application/*", "text/html, */*;q=0.1"})
    void anAcceptThatAdmitsOneOfOurTypesGetsJson(String accept) throws Exception {
        HttpResponse<String> response = fixture.post(LIST, SESSION, fixture.initialize(), "Accept", accept);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "Accept, text/html, 406",
        "Accept, application/json;q=0, 406",
        "Content-Type, text/plain, 415",
        "MCP-Protocol-Version, 1999-01-01, 400"
    })
    void wrongHeadersAreRefused(String header, String value, int status) throws Exception {
        HttpResponse<String> response = fixture.post(LIST, SESSION, fixture.initialize(), header, value);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("\"jsonrpc\":\"2.0\"");
    }

    @Test
    void aBodyTooLargeIs413() throws Exception {
        assertThat(fixture.post("x".repeat(1_000_001)).statusCode()).isEqualTo(413);
    }

    @Test
    void otherVerbsNameThoseThatWork() throws Exception {
        HttpResponse<String> put = fixture.send("PUT", "/mcp");

        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("GET, POST, DELETE, OPTIONS");
        assertThat(fixture.send("OPTIONS", "/mcp").statusCode()).isEqualTo(204);
    }

    @Test
    void unknownPathsNameThoseThatExist() throws Exception {
        HttpResponse<String> response = fixture.send("GET", "/nowhere");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("/mcp", "/status", "/readyz").hasLineCount(1);
    }

    @Test
    void readinessFollowsConfigurationListenersWarmUpAndDraining() throws Exception {
        assertThat(fixture.send("GET", "/health").body()).isEqualTo("ok\n");
        assertThat(fixture.send("GET", "/healthz").statusCode()).isEqualTo(200);
        assertThat(fixture.send("GET", "/readyz").statusCode()).isEqualTo(503);
        fixture.readiness.configurationLoaded();
        assertThat(fixture.send("GET", "/readyz").body()).contains("listener");
        fixture.readiness.listenersUp();
        assertThat(fixture.send("GET", "/readyz").statusCode()).isEqualTo(503);
        assertThat(fixture.send("GET", "/readyz").body()).isEqualTo("starting: warming up\n");
        fixture.readiness.warm();
        assertThat(fixture.send("GET", "/readyz").body())
                .isEqualTo("starting: waiting for the first answers of servers\n");
        fixture.readiness.serversHeard();
        assertThat(fixture.send("GET", "/readyz").statusCode()).isEqualTo(200);
        fixture.readiness.draining();
        assertThat(fixture.send("GET", "/readyz").statusCode()).isEqualTo(503);
        assertThat(fixture.send("GET", "/healthz").statusCode()).isEqualTo(200);
    }

    private GatewaySession session(String token) {
        SessionVerdict verdict =
                fixture.tokens.verify(Optional.of(token), CallerBinding.ANONYMOUS, fixture.clock.instant());
        assertThat(verdict).isInstanceOf(SessionVerdict.Valid.class);
        return ((SessionVerdict.Valid) verdict).session();
    }

    private static String initialize(String version, String capabilities) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"capabilities\":" + capabilities
                + ",\"protocolVersion\":\"" + version + "\",\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";
    }
}
