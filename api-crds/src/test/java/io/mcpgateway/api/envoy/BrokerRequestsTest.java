package io.mcpgateway.api.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.api.wire.GatewayHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests the router is not asked about, and what Envoy tells of them. */
class BrokerRequestsTest {
    private static final String HOST = "mcp.example.com";
    private static final Scope SHARED = new Scope.Hosts(HOST, List.of("tools.example.com"), List.of("*.mcp.local"));
    private static final Scope OWN = new Scope.Everything(HOST);

    @ParameterizedTest
    @CsvSource({
        "GET,/mcp,true",
        "DELETE,/mcp,true",
        "OPTIONS,/mcp,true",
        "GET,/mcp/team/small,true",
        "DELETE,/mcp/servers/team/weather,true",
        "POST,/mcp,false",
        "HEAD,/mcp,false",
        "PUT,/mcp,false",
        "PATCH,/mcp,false",
        "CONNECT,/mcp,false",
        "get,/mcp,false",
        "GET,/,false",
        "GET,/mcpx,false",
        "GET,/MCP,false",
        "GET,/mcp/,false",
        "GET,/mcp?x=1,false",
        "GET,/mcp/chosen,false",
        "GET,/mcp/team/small/,false",
        "GET,/mcp/team/small?x,false",
        "GET,/mcp/team/sm%61ll,false",
        "GET,/mcp/team//small,false",
        "GET,/mcp/team;x/small,false",
        "GET,/mcp/a/b/c/d,false",
        "GET,/.well-known/oauth-protected-resource,false",
        "GET,/status,false"
    })
    void aRequestWithoutAMessageIsTheBrokersWhereMcpIsServed(String method, String path, boolean expected) {
        Map<String, String> request = request(method);
        request.put(":path", path);

        assertBrokers(request, expected);
    }

    /** The caller's session is known by the credential, which a policy may take away on the way to the broker. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS"})
    void withACredentialOnlyTheRouterSeesWhoseSessionItIs(String method) {
        Map<String, String> request = request(method);
        request.put("authorization", "Bearer x");
        assertBrokers(request, false);

        request.put("authorization", "");
        assertBrokers(request, false);
    }

    @ParameterizedTest
    @CsvSource({
        "server/discover,true,true",
        "tools/list,true,true",
        "prompts/list,true,true",
        "resources/list,true,true",
        "resources/templates/list,true,true",
        "subscriptions/listen,true,false",
        "tools/call,false,false",
        "prompts/get,false,false",
        "resources/read,false,false",
        "resources/subscribe,false,false",
        "resources/unsubscribe,false,false",
        "completion/complete,false,false",
        "tasks/get,false,false",
        "tasks/update,false,false",
        "tasks/cancel,false,false",
        "initialize,false,false",
        "ping,false,false",
        "logging/setLevel,false,false",
        "notifications/cancelled,false,false",
        "notifications/progress,false,false",
        "tools/list2,false,false",
        "Tools/List,false,false",
        "'tools/list,tools/list',false,false",
        "'tools/list,tools/call',false,false",
        "'',false,false"
    })
    void aMessageIsTheBrokersByItsMethod(String method, boolean withoutCredential, boolean withOne) {
        Map<String, String> request = message(method);
        assertBrokers(request, withoutCredential);

        request.put("authorization", "Bearer x");
        assertBrokers(request, withOne);
    }

    @Test
    void aMessageThatDoesNotNameItsMethodIsNot() {
        Map<String, String> request = message("tools/list");
        request.remove("mcp-method");

        assertBrokers(request, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2025-06-18", "2026-07-29", "2026-07-28,2026-07-28", "", "x"})
    void aMessageOfAnotherRevisionIsNot(String revision) {
        Map<String, String> request = message("tools/list");
        request.put("mcp-protocol-version", revision);

        assertBrokers(request, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void aMessageInASessionIsNot(String session) {
        Map<String, String> request = message("tools/list");
        request.put("mcp-session-id", session);

        assertBrokers(request, false);
    }

    @ParameterizedTest
    @CsvSource({
        "mcp.example.com,true,true",
        "mcp.example.com:8080,false,true",
        "mcp.example.com:,false,false",
        "mcp.example.com:x,false,false",
        "mcp.example.com:1:2,false,false",
        "mcp.example.com:123456,false,false",
        "MCP.example.com,false,false",
        "mcp.example.com.,false,false",
        "xmcp.example.com,false,false",
        "tools.example.com,false,false",
        "server1.mcp.local,false,false",
        "other.example.com,false,false",
        "'',false,false"
    })
    void onlyAtThePublicHost(String host, boolean shared, boolean own) {
        for (Map<String, String> request : List.of(request("GET"), message("tools/list"))) {
            request.put(":authority", host);

            assertThat(brokers(SHARED, request)).isEqualTo(shared);
            assertThat(brokers(OWN, request)).isEqualTo(own);
        }
    }

    static Stream<String> forged() {
        return Stream.of(
                        GatewayHeaders.OF_THE_BROKER,
                        GatewayHeaders.OF_THE_ROUTER,
                        GatewayHeaders.BETWEEN_REPLICAS,
                        GatewayHeaders.ON_ANSWERS)
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("forged")
    void aForgedHeaderBelongsToTheRouter(String header) {
        for (String value : List.of("", "x", "-", "mcpBroker", "tools/list")) {
            for (Map<String, String> request : List.of(request("GET"), request("DELETE"), message("tools/list"))) {
                request.put(header, value);
                assertBrokers(request, false);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x-mcp-virtualserver", "x-authorized-tools", "x-mcp-authorized", "origin", "accept", "cookie"})
    void headersThatAreMeantForTheBrokerPass(String header) {
        Map<String, String> request = message("tools/list");
        request.put(header, "x");

        assertBrokers(request, true);
    }

    @Test
    void policiesAreToldWhatTheRouterWouldTellThem() {
        assertThat(told(message("tools/list")))
                .isEqualTo(Map.of("x-mcp-method", "tools/list", "x-mcp-servername", "mcpBroker", "x-mcp-caller", "-"));
        Map<String, String> withCredential = message("tools/list");
        withCredential.put("authorization", "Bearer x");
        assertThat(told(withCredential))
                .isEqualTo(Map.of("x-mcp-method", "tools/list", "x-mcp-servername", "mcpBroker"));
        assertThat(told(request("GET"))).isEqualTo(Map.of("x-mcp-caller", "-"));
        Map<String, String> atUrl = message("server/discover");
        atUrl.put(":path", "/mcp/team/small");
        assertThat(told(atUrl))
                .isEqualTo(Map.of(
                        "x-mcp-method",
                        "server/discover",
                        "x-mcp-servername",
                        "mcpBroker",
                        "x-mcp-caller",
                        "-",
                        "x-mcp-path",
                        "/mcp/team/small"));
        Map<String, String> endAtUrl = request("DELETE");
        endAtUrl.put("mcp-method", "tools/call");
        endAtUrl.put(":path", "/mcp/servers/team/weather");
        assertThat(told(endAtUrl)).isEqualTo(Map.of("x-mcp-caller", "-", "x-mcp-path", "/mcp/servers/team/weather"));
        assertThat(told(message("tools/call"))).isEmpty();
    }

    private static Map<String, String> request(String method) {
        Map<String, String> request = new LinkedHashMap<>();
        request.put(":method", method);
        request.put(":path", "/mcp");
        request.put(":authority", HOST);
        return request;
    }

    private static Map<String, String> message(String method) {
        Map<String, String> request = request("POST");
        request.put("mcp-protocol-version", "2026-07-28");
        request.put("mcp-method", method);
        return request;
    }

    private static void assertBrokers(Map<String, String> request, boolean expected) {
        for (Scope scope : List.of(SHARED, OWN)) {
            assertThat(brokers(scope, request)).as("%s in %s", request, scope).isEqualTo(expected);
        }
    }

    private static boolean brokers(Scope scope, Map<String, String> request) {
        return MatcherTree.holds(BrokerRequests.are(scope), request);
    }

    /** What the filter adds, by the first matcher that holds. */
    private static Map<String, String> told(Map<String, String> request) {
        JsonNode filter = BrokerRequests.filter(OWN, "test").at("/typed_config/xds_matcher");
        Map<String, String> told = new TreeMap<>();
        MatcherTree.action(filter, request)
                .ifPresent(action -> action.findValues("append")
                        .forEach(append -> told.put(
                                append.at("/header/key").asText(),
                                MatcherTree.formatted(append.at("/header/value").asText(), request))));
        return told;
    }
}
