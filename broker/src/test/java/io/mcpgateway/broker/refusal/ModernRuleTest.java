package io.mcpgateway.broker.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModernRuleTest {
    private static final String META =
            "{'io.modelcontextprotocol/protocolVersion':'2026-07-28','io.modelcontextprotocol/clientCapabilities':{}}";
    private static final String CALL = "Mcp-Method: tools/call|Mcp-Name: alpha|MCP-Protocol-Version: 2026-07-28";

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                // headers; method; protocolVersion of _meta; modern
                "; tools/list; ; false",
                "MCP-Protocol-Version: 2025-11-25; tools/list; ; false",
                "MCP-Protocol-Version: 2025-11-25; tools/list; 2025-11-25; false",
                "MCP-Protocol-Version: banana; tools/list; ; false",
                "MCP-Protocol-Version: 2026-07-28; tools/list; ; true",
                "MCP-Protocol-Version: 2026-07-28; tools/list; 2026-07-28; true",
                "MCP-Protocol-Version: 2099-01-01; tools/list; ; true",
                "MCP-Protocol-Version: 2025-11-25, 2026-07-28; tools/list; ; true",
                "MCP-Protocol-Version: 2025-11-25|MCP-Protocol-Version: 2026-07-28; tools/list; ; true",
                "; tools/list; 2026-07-28; true",
                "; tools/list; 2099-01-01; true",
                "MCP-Protocol-Version: v999.0.0; server/discover; v999.0.0; true",
                "MCP-Protocol-Version: 2025-11-25; tools/list; 2026-07-28; true",
                "; server/discover; ; true",
                // what the client wants is in the params
                "MCP-Protocol-Version: 2026-07-28; initialize; ; false",
                "MCP-Protocol-Version: 2026-07-28; initialize; 2026-07-28; true",
                "; initialize; ; false",
                // in a session of old
                "Mcp-Session-Id: s; tools/list; ; false",
                "Mcp-Session-Id: s|MCP-Protocol-Version: 2026-07-28; tools/list; ; false",
                "Mcp-Session-Id: s; tools/list; 2026-07-28; false",
                "Mcp-Session-Id: s|MCP-Protocol-Version: 2025-11-25; tools/list; 2026-07-28; false",
                "Mcp-Session-Id: s; server/discover; ; false",
                "Mcp-Session-Id: s|MCP-Protocol-Version: 2026-07-28; tools/list; 2026-07-28; true",
            })
    void aRequestIsModernByWhatItSaysOfItself(String headers, String method, String revision, boolean modern) {
        String params =
                revision == null ? "{}" : "{'_meta':{'io.modelcontextprotocol/protocolVersion':'" + revision + "'}}";
        Request request = request("1", method, params);

        assertThat(ModernRule.concerns(
                        headers(headers), method, request.params().meta()))
                .isEqualTo(modern);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "; false",
                "MCP-Protocol-Version: 2025-11-25; false",
                "MCP-Protocol-Version: 2026-07-28; true",
                "Mcp-Session-Id: s|MCP-Protocol-Version: 2026-07-28; false",
            })
    void aRequestWithoutAMessageIsModernByItsHeader(String headers, boolean modern) {
        assertThat(ModernRule.concerns(headers(headers))).isEqualTo(modern);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                // headers; method; params; status, code, words (0: goes on)
                CALL + "; tools/call; {'_meta':@,'name':'alpha'}; 0; 0; ''",
                // twice
                CALL + "|Mcp-Name: alpha; tools/call; {'_meta':@,'name':'alpha'}; 400; -32020; mcp-name is given more",
                CALL + "|Mcp-Method: tools/call; tools/call; {'name':'alpha'}; 400; -32020; mcp-method is given more",
                CALL + "|MCP-Protocol-Version: 2026-07-28; ping; {}; 400; -32020; mcp-protocol-version is given more",
                CALL
                        + ", 2026-07-28; tools/call; {'_meta':@,'name':'alpha'}; 400; -32020; says '2026-07-28, 2026-07-28'",
                // said in the body only, and before anything else that is wrong there
                "Mcp-Method: ping; ping; {'_meta':@}; 400; -32020; mcp-protocol-version is missing",
                "Mcp-Method: x; server/discover; {}; 400; -32020; mcp-protocol-version is missing",
                // unknown, before _meta is judged
                "MCP-Protocol-Version: 2026-07-28; initialize; {}; 404; -32601; Method not found: initialize",
                "MCP-Protocol-Version: 2026-07-28; ping; {'_meta':@}; 404; -32601; Method not found: ping",
                "MCP-Protocol-Version: 2026-07-28; logging/setLevel; {}; 404; -32601; logging/setLevel",
                "MCP-Protocol-Version: 2026-07-28; resources/subscribe; {}; 404; -32601; resources/subscribe",
                "MCP-Protocol-Version: 2026-07-28; resources/unsubscribe; {}; 404; -32601; resources/unsubscribe",
                "MCP-Protocol-Version: 2026-07-28; tasks/list; {}; 404; -32601; tasks/list",
                "MCP-Protocol-Version: 2026-07-28; unknown/method; {}; 404; -32601; unknown/method",
                "MCP-Protocol-Version: 2026-07-28; elicitation/create; {}; 404; -32601; elicitation/create",
                "MCP-Protocol-Version: 2026-07-28; notifications/cancelled; {}; 404; -32601; notifications/cancelled",
                // an incomplete _meta, before headers are compared
                CALL + "; tools/call; {'name':'alpha'}; 400; -32602; io.modelcontextprotocol/protocolVersion",
                CALL + "; tools/call; {'_meta':{},'name':'b'}; 400; -32602; io.modelcontextprotocol/protocolVersion",
                CALL + "; tools/call; {'_meta':[],'name':'b'}; 400; -32602; io.modelcontextprotocol/protocolVersion",
                CALL
                        + "; tools/call; {'_meta':{'io.modelcontextprotocol/protocolVersion':'x'}}; 400; -32602; Capabilities",
                CALL + "; tools/call; {'_meta':{'io.modelcontextprotocol/protocolVersion':7,'io.modelcontextprotocol"
                        + "/clientCapabilities':{}}}; 400; -32602; io.modelcontextprotocol/protocolVersion",
                CALL + "; tools/call; {'_meta':{'io.modelcontextprotocol/protocolVersion':'x','io.modelcontextprotocol"
                        + "/clientCapabilities':[]}}; 400; -32602; io.modelcontextprotocol/clientCapabilities",
                // other values
                "MCP-Protocol-Version: 2099-01-01|Mcp-Method: y; tools/list; {'_meta':@}; 400; -32020; says '2099-01-01'",
                "MCP-Protocol-Version: 2026-07-28; tools/list; {'_meta':@}; 400; -32020; mcp-method is missing",
                "MCP-Protocol-Version: 2026-07-28|Mcp-Method: prompts/list; tools/list; {'_meta':@}; 400; -32020;"
                        + " mcp-method says 'prompts/list', but method says 'tools/list'",
                "MCP-Protocol-Version: 2026-07-28|Mcp-Method: TOOLS/LIST; tools/list; {'_meta':@}; 400; -32020; says 'TOOLS",
                "MCP-Protocol-Version: 2026-07-28|Mcp-Method: tools/call; tools/call; {'_meta':@,'name':'alpha'}; 400;"
                        + " -32020; mcp-name is missing",
                "MCP-Protocol-Version: 2026-07-28|Mcp-Method: tasks/get; tasks/get; {'_meta':@,'taskId':'alpha'}; 400;"
                        + " -32020; mcp-name is missing",
                CALL
                        + "; tools/call; {'_meta':@,'name':'beta'}; 400; -32020; says 'alpha', but params.name says 'beta'",
                CALL
                        + "; tools/call; {'_meta':@,'name':'Alpha'}; 400; -32020; says 'alpha', but params.name says 'Alpha'",
                CALL + "; tools/call; {'_meta':@}; 400; -32020; but params.name says nothing",
                CALL + "; tools/call; {'_meta':@,'name':7}; 400; -32020; but params.name says nothing",
                CALL + "; tools/call; {'_meta':@,'uri':'alpha'}; 400; -32020; but params.name says nothing",
            })
    void aRequestIsRefusedByTheFirstRuleThatItBreaks(
            String headers, String method, String params, int status, int code, String words) {
        Optional<Refusal> refusal = refusal(headers(headers), request("\"a-1\"", method, params.replace("@", META)));

        assertThat(refusal.map(Refusal::status).orElse(0)).isEqualTo(status);
        assertThat(refusal.map(answer -> answer.body().toString()).orElse("\"id\":\"a-1\",\"error\":{\"code\":0,"))
                .contains("\"id\":\"a-1\",\"error\":{\"code\":" + code + ",", words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "tools/call;name;alpha;alpha",
                "tools/call;name;  alpha \t;alpha",
                "tools/call;name;=?base64?YWxwaGE=?=;alpha",
                "tools/call;name;=?base64?d2VyYsO8?=;werb\u00fc",
                "prompts/get;name;p one;p one",
                "resources/read;uri;file:///a%20b?c=d;file:///a%20b?c=d",
                "tasks/get;taskId;t 1;t 1",
                "tasks/update;taskId;t-1;t-1",
                "tasks/cancel;taskId;=?base64?YWxwaGE=?=;alpha",
                "resources/read;uri;=?base64?IHBhZGRlZCA=?=; padded ",
                "tools/call;name;=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=;=?base64?literal?=",
            })
    void theNameIsComparedAsItIsMeant(String method, String member, String header, String name) {
        assertThat(named(method, member, header, name)).isEmpty();
        assertThat(named(method, member, header, name + "x"))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.body().toString()).contains("-32020"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?base64?YWxwaGE?=", "=?base64?%%?=", "=?base64?/w==?=", "alph\u00e4", "alpha\u007f"})
    void aNameThatCannotBeReadIsRefused(String header) {
        assertThat(named("tools/call", "name", header, header))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.body().toString()).contains("-32020", "visible ASCII or Base64"));
    }

    @Test
    void onlyWhatIsAboutOneItemNeedsAName() {
        for (McpMethod method : McpMethod.values()) {
            if (method.isModernRequest()
                    && !method.isAboutTask()
                    && !List.of("tools/call", "prompts/get", "resources/read").contains("" + method)) {
                String headers = "MCP-Protocol-Version: 2026-07-28|Mcp-Method: " + method;
                assertThat(refusal(headers(headers), request("1", "" + method, "{'_meta':" + META + "}")))
                        .as("%s", method)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2099-01-01", "2026-07-29", "v999.0.0", "DRAFT-2026-v1"})
    void aRevisionThatIsNotServedIsNamedAmongThoseThatAre(String revision) {
        String headers = "MCP-Protocol-Version: " + revision + "|Mcp-Method: server/discover";
        String meta = META.replace("2026-07-28", revision);

        assertThat(refusal(headers(headers), request("7", "server/discover", "{'_meta':" + meta + "}")))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.body().toString())
                            .contains(
                                    "\"id\":7,\"error\":{\"code\":-32022,",
                                    "\"data\":{\"supported\":[\"2026-07-28\",\"2025-11-25\",\"2025-06-18\",\"2025-03-26\","
                                            + "\"2024-11-05\"],\"requested\":\"" + revision + "\"}");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-1.50", "12345678901234567890123", "\"\"", "\"\\u0041\\\"\"", "\"2026\""})
    void theAnswerHasTheIdByteForByte(String id) {
        assertThat(refusal(headers("MCP-Protocol-Version: 2026-07-28"), request(id, "ping", "{}")))
                .hasValueSatisfying(refusal ->
                        assertThat(refusal.body().toString()).contains("\"id\":" + id + ",\"error\":{\"code\":-32601"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"server/discover", "tools/list", "tools/call", "ping", "initialize", "no/such"})
    void whereNoModernRevisionIsAllowedThatIsSaidFirst(String method) {
        ServedRevisions served = ServedRevisions.of(List.of("2025-06-18", "2025-11-25"));

        for (String headers : List.of("MCP-Protocol-Version: 2026-07-28", "Mcp-Method: other")) {
            assertThat(ModernRule.refusal(headers(headers), request("7", method, "{'_meta':" + META + "}"), served))
                    .hasValueSatisfying(refusal -> {
                        assertThat(refusal.status()).isEqualTo(400);
                        assertThat(refusal.body())
                                .hasToString("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32022,\"message\":"
                                        + "\"Unsupported protocol version: 2026-07-28; start with initialize and one of:"
                                        + " 2025-11-25, 2025-06-18\",\"data\":{\"supported\":"
                                        + "[\"2025-11-25\",\"2025-06-18\"],\"requested\":\"2026-07-28\"}}}");
                    });
        }
    }

    @Test
    void whereOnlyModernRevisionsAreAllowedLegacyOnesAreNotOffered() {
        ServedRevisions served = ServedRevisions.of(List.of("2026-07-28"));
        String headers = "MCP-Protocol-Version: 2027-01-01|Mcp-Method: server/discover";
        String meta = META.replace("2026-07-28", "2027-01-01");

        assertThat(ModernRule.refusal(
                        headers(headers), request("7", "server/discover", "{'_meta':" + meta + "}"), served))
                .hasValueSatisfying(refusal -> assertThat(refusal.body().toString())
                        .contains("\"data\":{\"supported\":[\"2026-07-28\"],\"requested\":\"2027-01-01\"}"));
    }

    private static Optional<Refusal> refusal(RequestHeaders headers, Request request) {
        return ModernRule.refusal(headers, request, ServedRevisions.ALL);
    }

    private static Optional<Refusal> named(String method, String member, String header, String name) {
        Map<String, List<String>> headers = Map.of(
                "mcp-protocol-version", List.of("2026-07-28"),
                "mcp-method", List.of(method),
                "mcp-name", List.of(header));
        return refusal(
                RequestHeaders.of(headers),
                request("1", method, "{'_meta':" + META + ",'" + member + "':'" + name + "'}"));
    }

    private static Request request(String id, String method, String params) {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":"
                + params.replace('\'', '"') + "}";
        return (Request) JsonRpcParser.parse(RawJson.of(body));
    }

    /** Lines between bars. */
    private static RequestHeaders headers(String lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines == null ? new String[0] : lines.split("\\|")) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(java.util.Locale.ROOT), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return RequestHeaders.of(headers);
    }
}
