package io.mcpgateway.broker.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.mcp.MessageSpans;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseRewriterTest {
    /** Replaces the id of requests by {@code "NEW"}. */
    private static final MessageEdit EDIT = new MessageEdit() {
        @Override
        public Optional<Splice> of(byte[] message) {
            MessageSpans spans = MessageSpans.read(message);
            return spans.method().isEmpty() ? Optional.empty() : spans.id().map(id -> id.replacedBy("\"NEW\""));
        }

        @Override
        public boolean leavesAlone(byte[] beginning) {
            return MessageSpans.beginsAsReply(beginning);
        }
    };

    private static final String REQUEST = "{\"jsonrpc\":\"2.0\", \"id\" : 7.0e1,\"method\":\"ping\"}";
    private static final String CHANGED = "{\"jsonrpc\":\"2.0\", \"id\" : \"NEW\",\"method\":\"ping\"}";
    private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"id\":1,\"method\":\"x\"}}";

    /** Every kind of line that an event stream may have, with the line end in place of the tilde. */
    private static final String STREAM = ": comment~id: 1~event: message~retry: 10~data: %s~~data:%s~~"
            + "data: {\"jsonrpc\":\"2.0\",~data:  \"id\":3,~data:\"method\":\"roots/list\"}~id:2~~"
            + "data: %s~~data~~data:~~: only a comment~~database: no field~data : neither~~id: 3~~";

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void onlyIdsOfRequestsChangeWhereverTheStreamIsCut(String lineEnd) {
        String received = STREAM.formatted(REQUEST, RESULT, REQUEST).replace("~", lineEnd);
        String expected = STREAM.formatted(CHANGED, RESULT, CHANGED)
                .replace("\"id\":3,", "\"id\":\"NEW\",")
                .replace("~", lineEnd);

        assertThat(passed(received, received.length())).isEqualTo(expected);
        for (int piece = 1; piece < 40; piece++) {
            assertThat(passed(received, piece)).as("pieces of " + piece).isEqualTo(expected);
        }
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            assertThat(passedInRandomPieces(received, random)).isEqualTo(expected);
        }
    }

    @Test
    void aByteOrderMarkAtTheStartIsNoPartOfTheField() {
        assertThat(passed("\ufeffdata: " + REQUEST + "\n\n", 3)).isEqualTo("\ufeffdata: " + CHANGED + "\n\n");
        assertThat(passed("\ufeff\ndata: " + REQUEST + "\n\n", 1)).isEqualTo("\ufeff\ndata: " + CHANGED + "\n\n");
        assertThat(passed("\n\ufeffdata: " + REQUEST + "\n\n", 100)).isEqualTo("\n\ufeffdata: " + REQUEST + "\n\n");
    }

    @Test
    void anEventGoesOnAsSoonAsItIsWholeAndOtherLinesAtOnce() {
        SseRewriter rewriter = SseRewriter.of(EDIT, 1000);

        assertThat(pass(rewriter, ": ping\n")).isEqualTo(": ping\n");
        assertThat(pass(rewriter, "id: 1\nevent: message\n")).isEqualTo("id: 1\nevent: message\n");
        assertThat(pass(rewriter, "data: " + REQUEST)).isEmpty();
        assertThat(pass(rewriter, "\n")).isEmpty();
        assertThat(pass(rewriter, "\n")).isEqualTo("data: " + CHANGED + "\n\n");
        assertThat(pass(rewriter, ":\n\n")).isEqualTo(":\n\n");
    }

    @Test
    void theLastEventCountsWithoutItsBlankLine() {
        assertThat(passed("data: " + REQUEST, 7)).isEqualTo("data: " + CHANGED);
        assertThat(passed("data: " + REQUEST + "\n", 7)).isEqualTo("data: " + CHANGED + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"not json", "{\"id\":1,\"method\":\"a\"", "[1]", "{\"id\":1,\"id\":2,\"method\":\"a\"}", "{}"})
    void whatIsNoRequestPassesAsItIs(String data) {
        assertThat(passed("data: " + data + "\n\n", 5)).isEqualTo("data: " + data + "\n\n");
    }

    @Test
    void anEventAboveTheLimitPassesAsItIsAndTheNextIsReadAgain() {
        String big = "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\",\"params\":{\"x\":\"" + "y".repeat(5000)
                + "\"}}\n\n";
        String stream = big + "data: " + REQUEST + "\n\n";
        for (int piece : new int[] {1, 100, 100_000}) {
            assertThat(passed(stream, piece, 1000)).isEqualTo(big + "data: " + CHANGED + "\n\n");
        }
    }

    @Test
    void aLongReplyIsNotHeld() {
        SseRewriter rewriter = SseRewriter.of(EDIT, 1 << 20);
        String beginning = "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"text\":\"" + "z".repeat(8000);

        assertThat(pass(rewriter, beginning)).isEqualTo(beginning);
        assertThat(pass(rewriter, "z".repeat(50))).isEqualTo("z".repeat(50));
        assertThat(pass(rewriter, "\"}}\n\ndata: " + REQUEST + "\n\n")).isEqualTo("\"}}\n\ndata: " + CHANGED + "\n\n");
    }

    @Test
    void aLongRequestIsHeldUntilItsIdIsKnown() {
        String params = "\"params\":{\"x\":\"" + "y".repeat(9000) + "\"}";
        String request = "data: {\"method\":\"a\"," + params + ",\"jsonrpc\":\"2.0\",\"id\":\"q\"}\n\n";

        assertThat(passed(request, 333, 1 << 20)).isEqualTo(request.replace("\"q\"", "\"NEW\""));
    }

    private static String passed(String stream, int piece) {
        return passed(stream, piece, 100_000);
    }

    private static String passed(String stream, int piece, int limit) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        SseRewriter rewriter = SseRewriter.of(EDIT, limit);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int start = 0; start < bytes.length; start += piece) {
            out.writeBytes(rewriter.pass(bytes, start, Math.min(bytes.length, start + piece)));
        }
        out.writeBytes(rewriter.finish());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String passedInRandomPieces(String stream, Random random) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        SseRewriter rewriter = SseRewriter.of(EDIT, 100_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int start = 0;
        while (start < bytes.length) {
            int end = Math.min(bytes.length, start + random.nextInt(60));
            out.writeBytes(rewriter.pass(bytes, start, end));
            start = end;
        }
        out.writeBytes(rewriter.finish());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String pass(SseRewriter rewriter, String piece) {
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        return new String(rewriter.pass(bytes, 0, bytes.length), StandardCharsets.UTF_8);
    }
}
