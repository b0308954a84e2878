package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.era.ParamHeader;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Params;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.translation.ClientReply;
import io.mcpgateway.broker.translation.Introduction;
import io.mcpgateway.broker.translation.LegacyCall;
import io.mcpgateway.broker.translation.Question;
import io.mcpgateway.broker.translation.ServerNotice;
import io.mcpgateway.broker.translation.ServerReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What goes between the eras: it never throws, means the same to another parser, and says nothing that it must not. */
public final class BridgeFuzz {
    static final List<String> SEEDS = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"p_a\",\"arguments\":{\"a\":{\"b\":1.0}},"
                    + "\"_meta\":{\"io.modelcontextprotocol/logLevel\":\"debug\",\"progressToken\":1},\"task\":{}}}",
            "{\"id\":\"a\",\"params\":{\"requestState\":\"s\" , \"uri\":\"a:b\",\"inputResponses\":{}},\"jsonrpc\":\"2.0\","
                    + "\"method\":\"resources/read\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":41,\"result\":{\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":"
                    + "\"elicitation/create\",\"params\":{\"mode\":\"url\",\"url\":\"u\"}},\"r\":{\"method\":\"roots/list\"}},"
                    + "\"requestState\":\"s\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":41,\"result\":{\"resultType\":\"complete\",\"content\":[]}}",
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32602,\"message\":\"m\",\"data\":{\"uri\":\"u\"}},\"id\":41}",
            "{\"jsonrpc\":\"2.0\",\"id\":41,\"error\":{\"code\":-32021,\"message\":\"m\",\"data\":{\"requiredCapabilities\":{}}}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"_meta\":"
                    + "{\"io.modelcontextprotocol/subscriptionId\":1}}}");

    private static final ObjectMapper TREE = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final JsonRpcId OURS = new JsonRpcId("\"ours\"");
    private static final Introduction ABOUT =
            new Introduction("2026-07-28", RawJson.of("{\"name\":\"g\"}"), RawJson.of("{}"), Optional.empty());

    private BridgeFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        RawJson message = RawJson.of(input);
        if (JsonRpcParser.parse(input) instanceof Request request) {
            McpMethod.of(request.method())
                    .filter(McpMethod::isCall)
                    .ifPresent(method -> call(message, request, method));
        }
        ServerNotice.forClient(message).ifPresent(notice -> same(message, notice));
        ClientReply.of(McpMethod.CREATE_MESSAGE, message);
        ClientReply.of(McpMethod.ELICIT, message);
        for (McpMethod method : List.of(McpMethod.RESOURCES_READ, McpMethod.COMPLETE)) {
            switch (ServerReply.of(method, message, OURS, "demo/one")) {
                case ServerReply.Final(RawJson answer, boolean _) -> {
                    if (tree(message).isPresent()) {
                        assertThat(tree(answer).orElseThrow().path("id").asText())
                                .isEqualTo("ours");
                    }
                }
                case ServerReply.Asking(List<Question> questions, var _) ->
                    questions.forEach(question -> assertThat(tree(question.forClient("q"))
                                    .orElseThrow()
                                    .path("id")
                                    .asText())
                            .isEqualTo("q"));
            }
        }
    }

    private static void call(RawJson body, Request request, McpMethod method) {
        Params params = request.params();
        Optional<TextSpan> name = params.name().or(params::uri);
        if (name.isEmpty()) {
            return;
        }
        ParamHeader header = new ParamHeader("mcp-param-x", List.of("a", "b"), ParamHeader.Type.STRING);
        LegacyCall call = new LegacyCall(method, name.get(), "other", body, List.of(header));
        RawJson sent = call.request(
                OURS, ABOUT, new LegacyCall.Inputs(Map.of("k", RawJson.of("1")), Optional.of(RawJson.of("\"s\""))));
        assertThat(JsonRpcParser.parse(sent)).isInstanceOfSatisfying(Request.class, read -> {
            assertThat(read.id()).isEqualTo(OURS);
            assertThat(read.method()).isEqualTo(request.method());
            assertThat(read.params().meta().protocolVersion()).contains("2026-07-28");
            assertThat(read.params().name().or(read.params()::uri).map(TextSpan::value))
                    .contains("other");
        });
        tree(body).ifPresent(before -> {
            JsonNode after = tree(sent).orElseThrow();
            assertThat(after.at("/params/inputResponses").toString()).isEqualTo("{\"k\":1}");
            assertThat(after.at("/params/requestState").asText()).isEqualTo("s");
            assertThat(after.at("/params").has("task")).isFalse();
            assertThat(after.at("/params/arguments")).isEqualTo(before.at("/params/arguments"));
            assertThat(others(after.at("/params/_meta"))).isEqualTo(others(before.at("/params/_meta")));
        });
        call.headers("2026-07-28").values().forEach(value -> assertThat(value).matches("[\\t -~]*"));
    }

    /** What of {@code _meta} is not the protocol's own. */
    private static JsonNode others(JsonNode meta) {
        ObjectNode others = TREE.createObjectNode();
        meta.properties().forEach(member -> {
            if (!member.getKey().startsWith(McpMeta.PREFIX)) {
                others.set(member.getKey(), member.getValue());
            }
        });
        return others;
    }

    private static void same(RawJson before, RawJson after) {
        tree(before)
                .ifPresent(message ->
                        assertThat(tree(after).orElseThrow().path("method")).isEqualTo(message.path("method")));
    }

    /** Empty if another parser does not read it. */
    private static Optional<JsonNode> tree(RawJson json) {
        try {
            return Optional.of(TREE.readTree(json.bytes())).filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        } catch (RuntimeException tooLarge) {
            throw new UncheckedIOException(new IOException(tooLarge));
        }
    }
}
