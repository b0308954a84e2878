package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Malformed;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Notification;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Params;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Reply;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mutates valid bodies, always in the same way, and holds what comes out against a second, independent parser. */
class JsonRpcParserMutationTest {
    private static final int ROUNDS = 20_000;
    private static final ObjectMapper TREE = new ObjectMapper();
    private static final List<String> SEEDS = List.of(
            "{\"id\":\"abc-1\",\"params\":{\"arguments\":{\"big\":12345678901234567890,\"f\":1.0,\"h\":\"<a&b>\"},"
                    + "\"name\":\"p1_alpha\"},\"extra\":true,\"jsonrpc\":\"2.0\",\"method\":\"tools/call\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":-1.5e3,\"method\":\"tools/call\",\"params\":{\"_meta\":{\"ü\":[[],{}]},"
                    + "\"name\":\"日\\u0041😀\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"\\n\"}]}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"uri\":\"a:b\"}}");
    private static final byte[] INTERESTING = "{}[]\",:\\u0tnfe+-.19 \u0000".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(longs = {1, 20251125, 42})
    void noMutationThrowsAndWhatIsAcceptedMeansTheSameToAnotherParser(long seed) throws IOException {
        Random random = new Random(seed);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = mutate(SEEDS.get(round % SEEDS.size()).getBytes(StandardCharsets.UTF_8), random);
            accepted += agrees(body) ? 1 : 0;
        }
        assertThat(accepted).isBetween(ROUNDS / 50, ROUNDS); // the mutations are neither all fatal nor all harmless
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 5})
    void noiseNeverThrows(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            assertThat(JsonRpcParser.parse(noise)).isInstanceOf(Malformed.class);
        }
    }

    private static boolean agrees(byte[] body) throws IOException {
        return switch (JsonRpcParser.parse(body)) {
            case Malformed(JsonRpcError error, JsonRpcId id) -> {
                assertThat(error.code()).isIn(JsonRpcCodes.PARSE_ERROR, JsonRpcCodes.INVALID_REQUEST);
                assertThat(TREE.readTree(JsonRpcText.error(id, error).toString())
                                .has("error"))
                        .isTrue();
                yield false;
            }
            case Reply(JsonRpcId id, boolean _) -> sameId(TREE.readTree(body), id);
            case Notification(String method, Params params) -> sameCall(body, method, params);
            case Request(JsonRpcId id, String method, Params params) ->
                sameId(TREE.readTree(body), id) && sameCall(body, method, params);
        };
    }

    private static boolean sameId(JsonNode tree, JsonRpcId id) throws IOException {
        assertThat(tree.path("id")).isEqualTo(TREE.readTree(id.json()));
        return true;
    }

    private static boolean sameCall(byte[] body, String method, Params params) throws IOException {
        JsonNode tree = TREE.readTree(body);
        assertThat(tree.path("method").asText()).isEqualTo(method);
        params.name().ifPresent(span -> sameText(body, tree.path("params").path("name"), span));
        params.uri().ifPresent(span -> sameText(body, tree.path("params").path("uri"), span));
        return true;
    }

    private static void sameText(byte[] body, JsonNode node, TextSpan span) {
        assertThat(node.asText()).isEqualTo(span.value());
        RawJson spliced = span.replacedBy("new\"name").applyTo(RawJson.of(body));
        byte[] bytes = spliced.bytes();
        int tail = body.length - span.end();
        assertThat(Arrays.copyOf(bytes, span.start())).isEqualTo(Arrays.copyOf(body, span.start()));
        assertThat(Arrays.copyOfRange(bytes, bytes.length - tail, bytes.length))
                .isEqualTo(Arrays.copyOfRange(body, span.end(), body.length));
    }

    private static byte[] mutate(byte[] body, Random random) {
        byte[] mutated = body;
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(mutated.length);
            mutated = switch (random.nextInt(5)) {
                case 0 -> replaced(mutated, at, (byte) random.nextInt(256));
                case 1 -> replaced(mutated, at, INTERESTING[random.nextInt(INTERESTING.length)]);
                case 2 -> Arrays.copyOf(mutated, Math.max(1, at));
                case 3 -> joined(mutated, at, at, new byte[] {INTERESTING[random.nextInt(INTERESTING.length)]});
                default -> {
                    int from = random.nextInt(mutated.length);
                    int to = Math.min(mutated.length, from + random.nextInt(12));
                    yield joined(mutated, at, at, Arrays.copyOfRange(mutated, from, to)); // repeats a piece elsewhere
                }
            };
        }
        return mutated;
    }

    private static byte[] replaced(byte[] body, int at, byte by) {
        return joined(body, at, at + 1, new byte[] {by});
    }

    private static byte[] joined(byte[] body, int headEnd, int tailStart, byte[] middle) {
        byte[] result = Arrays.copyOf(body, headEnd + middle.length + body.length - tailStart);
        System.arraycopy(middle, 0, result, headEnd, middle.length);
        System.arraycopy(body, tailStart, result, headEnd + middle.length, body.length - tailStart);
        return result;
    }
}
