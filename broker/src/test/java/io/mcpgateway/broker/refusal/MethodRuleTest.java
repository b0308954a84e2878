package io.mcpgateway.broker.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodRuleTest {
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}";
    private static final String CANCELLED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\"}";
    private static final String REPLY = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

    /** Only our own filters and the router set it. */
    @ParameterizedTest
    @CsvSource({"initialize,true", "tools/list,false", "'',false", "Initialize,false"})
    void whatPoliciesWereToldIsTheMethod(String told, boolean accepted) {
        assertThat(refusal(INITIALIZE, Map.of("x-mcp-method", told)).isEmpty()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {CANCELLED, REPLY, INITIALIZE})
    void everyKindOfMessageIsCompared(String message) {
        Refusal refusal = refusal(message, Map.of("x-mcp-method", "tools/list")).orElseThrow();

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.body().toString())
                .contains("-32020", "Header mismatch: the header mcp-method says 'tools/list'");
    }

    /** Of a client whose revision has the header. */
    @ParameterizedTest
    @CsvSource({
        "2026-07-28,tools/list,false",
        "2026-07-28,initialize,true",
        "2026-07-28,' initialize ',true",
        "2027-01-01,tools/list,false",
        "2025-11-25,tools/list,true"
    })
    void whatAModernClientSaysIsTheMethod(String revision, String said, boolean accepted) {
        Map<String, String> headers = Map.of("mcp-protocol-version", revision, "mcp-method", said);

        assertThat(refusal(INITIALIZE, headers).isEmpty()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {CANCELLED, REPLY, INITIALIZE, "[]", ""})
    void messagesWhoseHeadNamesNoMethodMayBeAny(String message) {
        assertThat(refusal(message, Map.of())).isEmpty();
    }

    /** In a session, the session decides in which revision a message is. */
    @ParameterizedTest
    @ValueSource(strings = {CANCELLED, REPLY})
    void legacyClientsMayNameAnyMethod(String message) {
        assertThat(refusal(
                        message,
                        Map.of(
                                "mcp-protocol-version",
                                "2026-07-28",
                                "mcp-session-id",
                                "s",
                                "mcp-method",
                                "tools/list")))
                .isEmpty();
    }

    private static Optional<Refusal> refusal(String message, Map<String, String> headers) {
        Map<String, List<String>> values = new HashMap<>();
        headers.forEach((name, value) -> values.put(name, List.of(value)));
        return MethodRule.refusal(RequestHeaders.of(values), JsonRpcParser.parse(RawJson.of(message)));
    }
}
