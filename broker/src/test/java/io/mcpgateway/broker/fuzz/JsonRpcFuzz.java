package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Malformed;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Notification;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Params;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Reply;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.MessageSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The parser of clients' messages: it never throws, and what it accepts means the same to another parser. */
public final class JsonRpcFuzz {
    static final List<String> SEEDS = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"p_a\",\"arguments\":{}}}",
            "{\"id\":\"a\\u0062\",\"params\":{\"_meta\":{\"progressToken\":-1.5e3},\"name\":\"\\ud83d\\ude00\"},"
                    + "\"jsonrpc\":\"2.0\",\"method\":\"prompts/get\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"resources/read\",\"params\":{\"uri\":\"a:b%20c\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{\"action\":\"accept\",\"content\":[[],null,true]}}",
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-1,\"message\":\"no\"}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":12}}",
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":1,\"method\":\"ping\"}");

    private static final ObjectMapper TREE = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private JsonRpcFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        MessageSpans spans = MessageSpans.read(input);
        MessageSpans.beginsAsReply(input);
        try {
            switch (JsonRpcParser.parse(input)) {
                case Malformed(var error, var id) ->
                    TREE.readTree(JsonRpcText.error(id, error).bytes());
                case Reply(var id, var _) -> sameId(input, id, spans);
                case Notification(var method, var params) -> sameCall(input, method, params);
                case Request(var id, var method, var params) -> {
                    sameId(input, id, spans);
                    sameCall(input, method, params);
                }
            }
        } catch (IOException accepted) {
            throw new UncheckedIOException("accepted what another parser refuses", accepted);
        }
    }

    private static void sameId(byte[] input, JsonRpcId id, MessageSpans spans) throws IOException {
        if (id.equals(JsonRpcId.NONE)) {
            // Of an error to something that had no readable id; only replies may have none.
            assertThat(TREE.readTree(input).path("id").isValueNode()
                            && !TREE.readTree(input).path("id").isNull())
                    .isFalse();
            return;
        }
        assertThat(TREE.readTree(id.json())).isEqualTo(TREE.readTree(input).get("id"));
        assertThat(spans.id())
                .hasValueSatisfying(span -> assertThat(span.json()).isEqualTo(id.json()));
    }

    private static void sameCall(byte[] input, String method, Params params) throws IOException {
        JsonNode tree = TREE.readTree(input);
        assertThat(method).isEqualTo(tree.path("method").textValue());
        if (params.name().isPresent()) {
            sameText(input, "name", params.name().get());
        }
        if (params.uri().isPresent()) {
            sameText(input, "uri", params.uri().get());
        }
    }

    private static void sameText(byte[] input, String member, TextSpan span) throws IOException {
        assertThat(span.value())
                .isEqualTo(TREE.readTree(input).path("params").path(member).textValue());
        RawJson replaced = span.replacedBy("other \"name\"").applyTo(RawJson.of(input));
        assertThat(TREE.readTree(replaced.bytes()).path("params").path(member).textValue())
                .isEqualTo("other \"name\"");
    }
}
