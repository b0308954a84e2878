package io.mcpgateway.broker.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SingleAnswerRewriterTest {
    private static final RawJson OTHERWISE = RawJson.of("{\"no\":\"answer\"}");
    private static final String REPLY = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"n\":1.0}}";
    private static final String FAILURE = "{\"error\":{\"code\":-1,\"message\":\"x\"},\"id\":7}";
    private static final String NOTICE = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}";
    private static final String QUESTION = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"roots/list\"}";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10_000})
    void onlyTheReplyGoesOn(int piece) {
        String stream =
                "\uFEFFid: 1\nretry: 5\ndata: \n\n: hi\n\nevent: message\ndata: " + NOTICE + "\n\ndata: " + QUESTION
                        + "\n\nevent: ping\ndata: " + FAILURE + "\n\ndata: " + REPLY + "\n\ndata: " + FAILURE + "\n\n";

        assertThat(edited(stream, piece)).isEqualTo(REPLY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        data: {"error":{"code":-1},"id":7}\\n\\n      | {"error":{"code":-1},"id":7}
        data: {"id":7,\\ndata: "result":{}}\\n\\n     | {"id":7,\\n"result":{}}
        data: {"id":7,"result":{}}\\n               | {"id":7,"result":{}}
        data: {"id":7,"result":{}}                 | {"id":7,"result":{}}
        data: {"id":7,"result":\\n\\n                | {"no":"answer"}
        data: ping\\n\\n                             | {"no":"answer"}
        ``                                         | {"no":"answer"}
        """)
    void whatTheStreamHoldsDecides(String stream, String answer) {
        assertThat(edited(stream.replace("\\n", "\n"), 5)).isEqualTo(answer.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @ValueSource(ints = {EventStreams.MAX_EVENT_BYTES, EventStreams.MAX_EVENT_BYTES - 100})
    void aReplyThatIsTooLargeIsNone(int length) {
        String reply = "{\"id\":7,\"result\":\"" + "x".repeat(length) + "\"}";

        assertThat(edited("data: " + reply + "\n\n", 16_384))
                .isEqualTo(length < EventStreams.MAX_EVENT_BYTES ? reply : OTHERWISE.toString());
    }

    private static String edited(String stream, int piece) {
        SingleAnswerRewriter edit = SingleAnswerRewriter.of(OTHERWISE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += piece) {
            out.writeBytes(edit.pass(bytes, at, Math.min(bytes.length, at + piece)));
        }
        out.writeBytes(edit.finish());
        return out.toString(StandardCharsets.UTF_8);
    }
}
