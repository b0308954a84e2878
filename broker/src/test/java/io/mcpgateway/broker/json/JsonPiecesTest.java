package io.mcpgateway.broker.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JsonPiecesTest {
    private static final RawJson LIST = RawJson.of("{\"tools\":[\"ä\"]}");

    @Test
    void onePieceIsTheTextItself() {
        assertThat(JsonPieces.of(LIST).text()).isSameAs(LIST);
    }

    @Test
    void theWholeIsWhatIsWritten() throws IOException {
        JsonPieces answer = JsonRpcText.answer(new JsonRpcId("7"), LIST);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        answer.writeTo(out);

        assertThat(answer.text()).hasToString("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"tools\":[\"ä\"]}}");
        assertThat(RawJson.of(out.toByteArray())).isEqualTo(answer.text());
        assertThat(answer.length()).isEqualTo(answer.text().length());
    }

    @Test
    void membersComeInFrontOfThoseOfAnObject() {
        assertThat(JsonPieces.joined(RawJson.of("{\"ttlMs\":0,"), LIST).text())
                .hasToString("{\"ttlMs\":0,\"tools\":[\"ä\"]}");
    }

    @Test
    void whatManyMessagesHaveInCommonIsNotCopied() {
        assertThat(JsonRpcText.answer(new JsonRpcId("7"), LIST).pieces())
                .extracting(JsonPieces.Piece::text)
                .anySatisfy(text -> assertThat(text).isSameAs(LIST));
    }
}
