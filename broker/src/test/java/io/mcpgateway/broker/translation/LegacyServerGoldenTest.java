package io.mcpgateway.broker.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.broker.golden.GoldenPairs;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.McpMethod;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden pairs of the other direction: modern clients and legacy servers. Each file holds a message of one era, then the
 * same message in the other. The member that a file begins with says which message it is.
 */
class LegacyServerGoldenTest {
    private static final GoldenPairs PAIRS = GoldenPairs.of("legacy-servers");
    private static final RawJson GATEWAY = RawJson.of("{\"name\":\"MCP Gateway\",\"version\":\"1.2.3\"}");

    static List<String> cases() throws IOException {
        return PAIRS.files();
    }

    @Test
    void thereAreCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(35);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMessageIsTheRecordedOne(String file) throws IOException {
        PAIRS.verify(file, given -> translated(GoldenPairs.tree(given)));
    }

    private static Map<String, Object> translated(JsonNode given) {
        return switch (given.fieldNames().next()) {
            case "request" -> request(given);
            case "inputs" -> inputs(given);
            case "reply" -> reply(given);
            case "message" -> message(given);
            default -> throw new IllegalArgumentException("what is this? " + given);
        };
    }

    /** The name is where the parser finds it, and the server calls it as {@code ownName} says. */
    private static Map<String, Object> request(JsonNode given) {
        RawJson body = json(given.path("request"));
        JsonRpcMessage.Request request = (JsonRpcMessage.Request) JsonRpcParser.parse(body);
        JsonRpcMessage.Params params = request.params();
        TextSpan name = params.name()
                .or(params::uri)
                .or(() -> params.reference().name())
                .or(() -> params.reference().uri())
                .orElseThrow();
        ModernCall call = new ModernCall(
                McpMethod.of(request.method()).orElseThrow(),
                name,
                given.path("ownName").asText(name.value()),
                body);
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("body", call.request(new JsonRpcId("41")).toString());
        described.put("arguments", call.arguments().toString());
        call.progressToken().ifPresent(token -> described.put("progressToken", token.toString()));
        return described;
    }

    private static Map<String, Object> inputs(JsonNode given) {
        return switch (InputResponses.read(json(given.path("inputs")))) {
            case InputResponses.Reading.Invalid(String problem) -> Map.of("invalid", problem);
            case InputResponses.Reading.Given(InputResponses inputs) -> {
                Map<String, Object> described = new LinkedHashMap<>();
                inputs.byKey().forEach((key, response) -> described.put(key, response.toString()));
                described.put("state", inputs.state().orElse("(none)"));
                described.put("accepts all", inputs.accepts(inputs.byKey().keySet()));
                yield described;
            }
        };
    }

    private static Map<String, Object> reply(JsonNode given) {
        LegacyReply.Request request = new LegacyReply.Request(
                McpMethod.of(given.path("method").asText("tools/call")).orElseThrow(),
                new JsonRpcId("\"client-7\""),
                given.path("name").asText("one_deploy"),
                "demo/one",
                GATEWAY);
        return switch (LegacyReply.of(request, json(given.path("reply")))) {
            case LegacyReply.Final(int status, RawJson message, boolean _) -> {
                Map<String, Object> described = new LinkedHashMap<>();
                described.put("status", status);
                described.put("message", message.toString());
                yield described;
            }
            case LegacyReply.UrlsFirst(List<ServerAsk> elicitations) -> {
                Map<String, ServerAsk> asked = new LinkedHashMap<>();
                elicitations.forEach(ask -> asked.put("q" + (asked.size() + 1), ask));
                yield Map.of(
                        "inputRequired",
                        InputRequired.answer(request.id(), asked, "sealed", GATEWAY)
                                .toString());
            }
        };
    }

    /** What a server sends in front of its reply. */
    private static Map<String, Object> message(JsonNode given) {
        ClientFeatures features = ClientFeatures.of(
                RawJson.of(given.path("capabilities").asText("{\"elicitation\":{},\"sampling\":{},\"roots\":{}}")));
        Map<String, Object> described = new LinkedHashMap<>();
        switch (LegacyMessage.of(json(given.path("message")))) {
            case LegacyMessage.Asked(ServerAsk ask) -> {
                Optional<String> undeclared = ask.undeclared(features);
                if (undeclared.isPresent()) {
                    described.put(
                            "declined",
                            ask.declined("not supported: " + undeclared.get()).toString());
                } else {
                    described.put("inputRequest", ask.entry("q1"));
                    described.put(
                            "reply",
                            ask.answeredWith(RawJson.of("{\"n\": 1.0}")).toString());
                }
            }
            case LegacyMessage.Ping(JsonRpcId id) -> described.put("ping", id.json());
            case LegacyMessage.Unanswerable(JsonRpcId id, String method) ->
                described.put("unanswerable", id.json() + " " + method);
            case LegacyMessage.Withdrawn(JsonRpcId ask) -> described.put("withdrawn", ask.json());
            case LegacyMessage.Noise() -> described.put("noise", true);
            case LegacyMessage.Notice(RawJson notice) ->
                described.put(
                        "forClient",
                        notices(given).forClient(notice).map(RawJson::toString).orElse("(not for the client)"));
        }
        return described;
    }

    private static ModernNotice notices(JsonNode given) {
        return new ModernNotice(
                Optional.ofNullable(given.path("progressToken").textValue()).map(RawJson::of),
                Optional.ofNullable(given.path("logLevel").textValue()).flatMap(LogLevel::of));
    }

    private static RawJson json(JsonNode text) {
        return RawJson.of(text.asText());
    }
}
