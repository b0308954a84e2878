package io.mcpgateway.broker.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    private static final String ANSWER = "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"isError\":true}}\n\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200|{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}||",
                "200|{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"isError\":false}}||",
                "200|{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"isError\":true}]}}||",
                "200|{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"isError\":true}}||tool_error",
                "200|{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,\"message\":\"m\"}}|-32602|-32602",
                "502|{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"m\"}}|-32603|-32603",
                "404|not found||404",
            })
    void anErrorIsItsCodeOrItsStatus(int status, String body, String code, String error) {
        Outcome outcome = Outcome.of(HttpAnswer.json(status, RawJson.of(body)), true);

        assertThat(outcome).isEqualTo(new Outcome(status, Optional.ofNullable(code), Optional.ofNullable(error)));
    }

    @Test
    void noAnswerMeansThatARequestWasCancelledButNotANotification() {
        assertThat(Outcome.of(HttpAnswer.empty(202), true).error()).contains("cancelled");
        assertThat(Outcome.of(HttpAnswer.empty(202), false).error()).isEmpty();
    }

    @Test
    void aLongAnswerIsNotRead() {
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"isError\":true,\"x\":\"" + "x".repeat(70_000) + "\"}}";

        assertThat(Outcome.of(HttpAnswer.json(200, RawJson.of(body)), true).error())
                .isEmpty();
    }

    @Test
    void aStreamEndsWithTheAnswer() throws IOException {
        String notice = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}\n\n";

        assertThat(streamed(": open\n\n", notice, ANSWER.substring(0, 30), ANSWER.substring(30)))
                .containsExactly(new Outcome(200, Optional.empty(), Optional.of("tool_error")));
        assertThat(streamed(": open\n\n", notice)).containsExactly(Outcome.cancelled(200));
        assertThat(streamed("data: " + "x".repeat(70_000) + "\n\n")).containsExactly(Outcome.of(200));
    }

    private static List<Outcome> streamed(String... pieces) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (OutputStream out = new AnswerEvents(written, 200, outcomes::add)) {
            for (String piece : pieces) {
                out.write(piece.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(outcomes).isEmpty();
        }
        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo(String.join("", pieces));
        return outcomes;
    }
}
