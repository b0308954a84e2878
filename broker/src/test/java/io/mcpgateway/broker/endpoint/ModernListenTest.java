package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code subscriptions/listen} (MCP 2026-07-28). */
class ModernListenTest {
    private static final String LISTEN = "subscriptions/listen";
    private static final String EVERYTHING = "\"notifications\":{\"toolsListChanged\":true,\"promptsListChanged\":true,"
            + "\"resourcesListChanged\":true,\"resourceSubscriptions\":[\"doc:///a\"],\"later\":true}";

    private final EndpointFixture fixture = new EndpointFixture(Duration.ofMillis(50), 6);

    /** The change is announced before a test opens its streams, which would hear of it otherwise. */
    @BeforeEach
    void serve() throws Exception {
        try (RawClient earlier = listen("0", EVERYTHING)) {
            earlier.lineStarting("data:");
            fixture.reportModern(EndpointFixture.ONE, "alpha");
            assertThat(earlier.lineStarting("data:")).isEqualTo(changed("tools", "0"));
        }
        await().until(() -> fixture.streams.size() == 0);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void theFirstMessageSaysWhatOfTheWishesComes() throws Exception {
        try (RawClient stream = listen("7", EVERYTHING)) {
            assertThat(stream.head())
                    .contains(
                            "HTTP/1.1 200 OK",
                            "Content-Type: text/event-stream",
                            "Cache-Control: no-cache",
                            "X-Accel-Buffering: no")
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("mcp-session-id"));
            assertThat(stream.lineStarting("data:"))
                    .isEqualTo(
                            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\","
                                    + "\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":7},\"notifications\":"
                                    + "{\"toolsListChanged\":true,\"promptsListChanged\":true,\"resourcesListChanged\":true}}}");
            assertThat(stream.lineStarting(": heartbeat")).isEqualTo(": heartbeat");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | {}",
                "{\"toolsListChanged\":false,\"promptsListChanged\":true} | {\"promptsListChanged\":true}",
                "{\"resourceSubscriptions\":[]} | {}",
            })
    void nothingIsPromisedThatWasNotAskedFor(String asked, String honoured) throws Exception {
        try (RawClient stream = listen("\"s-1\"", "\"notifications\":" + asked)) {
            assertThat(stream.lineStarting("data:"))
                    .endsWith("\"params\":{\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":\"s-1\"},"
                            + "\"notifications\":" + honoured + "}}");
        }
    }

    @Test
    void changesCarryTheIdOfTheRequestInItsOwnType() throws Exception {
        try (RawClient number = listen("12345678901234567890", EVERYTHING);
                RawClient text = listen("\"7\"", EVERYTHING)) {
            number.lineStarting("data:");
            text.lineStarting("data:");
            fixture.reportModern(EndpointFixture.ONE, "alpha", "beta");

            assertThat(number.lineStarting("data:")).isEqualTo(changed("tools", "12345678901234567890"));
            assertThat(text.lineStarting("data:")).isEqualTo(changed("tools", "\"7\""));
        }
    }

    @Test
    void onlyTheListsThatWereAskedForAreAnnounced() throws Exception {
        ServerReport.Agreed agreed = EndpointFixture.modern(Set.of(Capability.values()), Instructions.NONE);
        try (RawClient stream = listen("1", "\"notifications\":{\"promptsListChanged\":true}")) {
            stream.lineStarting("data:");
            fixture.report(EndpointFixture.TWO, agreed, EndpointFixture.listings(CapabilityKind.TOOL, "hello"));
            fixture.report(EndpointFixture.TWO, agreed, EndpointFixture.listings(CapabilityKind.RESOURCE, "x:y"));
            fixture.report(EndpointFixture.TWO, agreed, EndpointFixture.listings(CapabilityKind.PROMPT, "ask"));

            assertThat(stream.lineStarting("data:")).isEqualTo(changed("prompts", "1"));
        }
    }

    @Test
    void whatTheVirtualServerAndTheAuthorizationHideIsNotAnnounced() throws Exception {
        String signed = SignedHeaders.tools("{\"ns/one\":[\"alpha\"]}");
        try (RawClient view = listen("1", EVERYTHING, "X-Mcp-Virtualserver: ns/vs");
                RawClient allowed = listen("2", EVERYTHING, "X-Authorized-Tools: " + signed);
                RawClient all = listen("3", EVERYTHING)) {
            view.lineStarting("data:");
            allowed.lineStarting("data:");
            all.lineStarting("data:");
            fixture.reportModern(EndpointFixture.ONE, "alpha", "beta");

            assertThat(all.lineStarting("data:")).isEqualTo(changed("tools", "3"));
            all.lineStarting(": heartbeat");
            assertThat(untilHeartbeats(view)).noneMatch(line -> line.startsWith("data:"));
            assertThat(untilHeartbeats(allowed)).noneMatch(line -> line.startsWith("data:"));

            fixture.reportModern(EndpointFixture.ONE, "beta");
            assertThat(view.lineStarting("data:")).isEqualTo(changed("tools", "1"));
            assertThat(allowed.lineStarting("data:")).isEqualTo(changed("tools", "2"));
        }
    }

    @Test
    void aGatewayThatStopsEndsSubscriptionsWithTheirResult() throws Exception {
        try (RawClient stream = listen("7", EVERYTHING)) {
            stream.lineStarting("data:");
            fixture.streams.closeAll();

            assertThat(stream.lineStarting("data:")).isEqualTo("data: " + ended("7"));
            assertThat(stream.lineStarting("0")).isEqualTo("0");
            await().until(() -> fixture.streams.size() == 0);
        }
        HttpResponse<String> late = post("8");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":8,\"error\":{\"code\":-32603,\"message\":\"the gateway is being"
                        + " stopped; try again later\"}}");
    }

    @Test
    void afterADayTheClientHasToAskAgain() throws Exception {
        try (RawClient stream = listen("7", EVERYTHING)) {
            stream.lineStarting("data:");
            fixture.clock.advance(EndpointFixture.SESSION_LENGTH);

            assertThat(stream.lineStarting("data:")).isEqualTo("data: " + ended("7"));
            assertThat(stream.lineStarting("0")).isEqualTo("0");
        }
    }

    @Test
    void aClientThatLeavesFreesItsPlaceBeforeTheNextHeartbeat() throws Exception {
        try (EndpointFixture patient = new EndpointFixture(Duration.ofHours(1), 6)) {
            patient.reportModern(EndpointFixture.ONE, "alpha");
            try (RawClient stream = listen(patient, "7", EVERYTHING)) {
                stream.lineStarting("data:");
                assertThat(patient.streams.size()).isEqualTo(1);
            }

            await().until(() -> patient.streams.size() == 0);
        }
    }

    @Test
    void subscriptionsAreLimitedPerCallerAndInAll() throws Exception {
        List<RawClient> streams = new ArrayList<>();
        try {
            for (int count = 0; count < 2; count++) {
                streams.add(listen("1", EVERYTHING, "Authorization: Bearer one"));
                streams.getLast().lineStarting("data:");
            }
            HttpResponse<String> third = post("9", "Authorization", "Bearer one");
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.body()).contains("\"id\":9", "-32603", "this caller has 2 subscriptions already");
            for (int count = 0; count < 3; count++) {
                streams.add(listen("1", EVERYTHING));
                streams.getLast().lineStarting("data:");
            }
            assertThat(post("9").statusCode()).isEqualTo(429);
            streams.add(listen("1", EVERYTHING, "Authorization: Bearer two"));
            streams.getLast().lineStarting("data:");
            assertThat(post("9", "Authorization", "Bearer two").statusCode()).isEqualTo(503);
        } finally {
            for (RawClient stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    void aClientThatTakesNoStreamIsToldSo() throws Exception {
        HttpResponse<String> response = fixture.post(
                ModernRequest.body("7", LISTEN, EVERYTHING),
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                LISTEN,
                "Accept",
                "application/json");

        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(response.body()).contains("\"id\":7", "Accept must include text/event-stream");
    }

    private RawClient listen(String id, String params, String... headerLines) throws IOException {
        return listen(fixture, id, params, headerLines);
    }

    private static RawClient listen(EndpointFixture at, String id, String params, String... headerLines)
            throws IOException {
        return ModernRequest.listen(at.port(), id, params, List.of(headerLines));
    }

    private HttpResponse<String> post(String id, String... headers) throws Exception {
        return fixture.post(ModernRequest.body(id, LISTEN, EVERYTHING), ModernRequest.headers(LISTEN, headers));
    }

    private static List<String> untilHeartbeats(RawClient stream) throws IOException {
        List<String> seen = new ArrayList<>();
        while (seen.stream().filter(line -> line.equals(": heartbeat")).count() < 3) {
            seen.add(stream.line());
        }
        return seen;
    }

    private static String changed(String list, String id) {
        return "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/" + list
                + "/list_changed\",\"params\":{\"_meta\":" + "{\"io.modelcontextprotocol/subscriptionId\":" + id
                + "}}}";
    }

    private static String ended(String id) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"resultType\":\"complete\",\"_meta\":{"
                + "\"io.modelcontextprotocol/serverInfo\":{\"name\":\"MCP Gateway\",\"version\":\"1.2.3\"},"
                + "\"io.modelcontextprotocol/subscriptionId\":" + id + "}}}";
    }
}
