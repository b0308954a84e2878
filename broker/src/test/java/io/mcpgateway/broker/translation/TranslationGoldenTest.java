package io.mcpgateway.broker.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.broker.era.ParamHeader;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden pairs: each file holds a message of one era, then the same message in the other. The member that a file begins
 * with says which message it is.
 */
class TranslationGoldenTest {
    private static final GoldenPairs PAIRS = GoldenPairs.of("translation");

    static List<String> cases() throws IOException {
        return PAIRS.files();
    }

    @Test
    void thereAreCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMessageIsTheRecordedOne(String file) throws IOException {
        PAIRS.verify(file, given -> translated(GoldenPairs.tree(given)));
    }

    private static Map<String, Object> translated(JsonNode given) {
        return switch (given.fieldNames().next()) {
            case "request" -> request(given);
            case "reply" -> reply(given);
            case "notice" ->
                Map.of(
                        "forClient",
                        ServerNotice.forClient(json(given.path("notice")))
                                .map(RawJson::toString)
                                .orElse("(not for the client)"));
            case "clientReply" -> clientReply(given);
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
        List<ParamHeader> headers = new ArrayList<>();
        given.path("params").properties().forEach(param -> {
            headers.add(new ParamHeader(
                    "mcp-param-" + param.getKey(),
                    List.of(param.getValue().asText().split("/")),
                    ParamHeader.Type.STRING));
        });
        LegacyCall call = new LegacyCall(
                McpMethod.of(request.method()).orElseThrow(),
                name,
                given.path("ownName").asText(name.value()),
                body,
                headers);
        RawJson capabilities = Introduction.capabilities(
                ClientFeatures.of(RawJson.of(given.path("capabilities").asText("{}"))),
                given.path("canBeAsked").asBoolean(true));
        Introduction about = new Introduction(
                "2026-07-28",
                RawJson.of("{\"name\":\"mcp-gateway\",\"version\":\"1.2.3\"}"),
                capabilities,
                Optional.ofNullable(given.path("logLevel").textValue()).flatMap(LogLevel::of));
        Map<String, RawJson> responses = new LinkedHashMap<>();
        given.path("responses")
                .properties()
                .forEach(response -> responses.put(response.getKey(), json(response.getValue())));
        LegacyCall.Inputs inputs = new LegacyCall.Inputs(
                responses, Optional.ofNullable(given.path("state").textValue()).map(RawJson::of));
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("body", call.request(new JsonRpcId("41"), about, inputs).toString());
        described.put("headers", call.headers("2026-07-28"));
        return described;
    }

    private static Map<String, Object> reply(JsonNode given) {
        McpMethod method =
                McpMethod.of(given.path("method").asText("tools/call")).orElseThrow();
        ClientFeatures features = ClientFeatures.of(
                RawJson.of(given.path("capabilities").asText("{\"elicitation\":{},\"sampling\":{},\"roots\":{}}")));
        return switch (ServerReply.of(method, json(given.path("reply")), new JsonRpcId("\"client-7\""), "demo/one")) {
            case ServerReply.Final(RawJson message, boolean _) -> Map.of("final", message.toString());
            case ServerReply.Asking(List<Question> questions, Optional<RawJson> state) -> {
                Map<String, Object> described = new LinkedHashMap<>();
                for (Question question : questions) {
                    described.put(
                            question.key(),
                            question.undeclared(features)
                                    .map(feature -> "undeclared: " + feature)
                                    .orElseGet(() ->
                                            question.forClient("id-of-ours").toString()));
                }
                described.put("state", state.map(RawJson::toString).orElse("(none)"));
                yield described;
            }
        };
    }

    private static Map<String, Object> clientReply(JsonNode given) {
        McpMethod asked = McpMethod.of(given.path("asked").asText()).orElseThrow();
        return switch (ClientReply.of(asked, json(given.path("clientReply")))) {
            case ClientReply.Given(RawJson response) -> Map.of("response", response.toString());
            case ClientReply.Refused(String message) -> Map.of("refused", message);
        };
    }

    private static RawJson json(JsonNode text) {
        return RawJson.of(text.asText());
    }
}
