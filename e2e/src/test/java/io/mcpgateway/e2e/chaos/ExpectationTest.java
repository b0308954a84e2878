package io.mcpgateway.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.chaos.Expectation.Verdict;
import io.mcpgateway.e2e.client.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which responses count as wrong. */
class ExpectationTest {
    private static final String WORD = "w-1-7-0123abcd";
    private static final String OTHERS_WORD = "w-2-7-0123abcd";
    private static final Expectation FAILING = new Expectation(
            false,
            List.of(
                    new Allowed.Status(503),
                    new Allowed.RpcError(502, -32003, "no session"),
                    new Allowed.PassedOn(200, "<p>%word</p>"),
                    new Allowed.Broken()),
            Expectation.USUAL);

    @Test
    void theAnswerToThisCallIsCorrect() {
        assertThat(Expectation.UNTOUCHED.judge(answered(7, WORD))).isEqualTo(Verdict.CORRECT);
        assertThat(Expectation.UNTOUCHED.judge(answered(7, ChaosBackend.large(WORD))))
                .isEqualTo(Verdict.CORRECT);
    }

    @Test
    void theAnswerToAnotherCallIsWrong() {
        assertThat(Expectation.UNTOUCHED.judge(answered(7, OTHERS_WORD))).isEqualTo(Verdict.WRONG);
        assertThat(Expectation.UNTOUCHED.judge(answered(8, WORD))).isEqualTo(Verdict.WRONG);
        assertThat(Expectation.UNTOUCHED.judge(answered(7, WORD + "x"))).isEqualTo(Verdict.WRONG);
    }

    @Test
    void anAnswerFromAServerThatCannotAnswerIsWrong() {
        assertThat(FAILING.judge(answered(7, WORD))).isEqualTo(Verdict.WRONG);
    }

    @Test
    void anAnswerAfterItsBoundIsWrong() {
        Attempt late = attempt(200, "application/json", body(7, WORD), Expectation.USUAL.plusMillis(1));
        assertThat(Expectation.UNTOUCHED.judge(late)).isEqualTo(Verdict.WRONG);
    }

    @Test
    void anErrorIsClearIfItIsAllowed() {
        assertThat(FAILING.judge(failed(503, "text/plain", "no healthy upstream")))
                .isEqualTo(Verdict.CLEAR);
        assertThat(FAILING.judge(failed(502, "application/json", error(7, -32003, "no session with it"))))
                .isEqualTo(Verdict.CLEAR);
        assertThat(FAILING.judge(failed(200, "text/html", "<p>" + WORD + "</p>")))
                .isEqualTo(Verdict.CLEAR);
        assertThat(FAILING.judge(
                        new Attempt(7, WORD, Optional.empty(), Optional.of("reset"), Duration.ofMillis(1), true)))
                .isEqualTo(Verdict.CLEAR);
    }

    @Test
    void anyOtherErrorIsWrong() {
        assertThat(FAILING.judge(failed(500, "text/plain", ""))).isEqualTo(Verdict.WRONG);
        assertThat(FAILING.judge(failed(502, "application/json", error(8, -32003, "no session"))))
                .as("another call's id")
                .isEqualTo(Verdict.WRONG);
        assertThat(FAILING.judge(failed(502, "application/json", error(7, -32602, "no session"))))
                .as("another code")
                .isEqualTo(Verdict.WRONG);
        assertThat(FAILING.judge(failed(200, "text/html", "<p>" + OTHERS_WORD + "</p>")))
                .as("another call's page")
                .isEqualTo(Verdict.WRONG);
        assertThat(FAILING.judge(failed(503, "text/plain", "about " + OTHERS_WORD)))
                .as("another call's word in an allowed error")
                .isEqualTo(Verdict.WRONG);
    }

    private static Attempt answered(long id, String text) {
        return attempt(200, "application/json", body(id, text), Duration.ofMillis(1));
    }

    private static Attempt failed(int status, String type, String body) {
        return attempt(status, type, body, Duration.ofMillis(1));
    }

    private static Attempt attempt(int status, String type, String body, Duration took) {
        Reply reply = new Reply(status, Map.of("content-type", List.of(type)), body);
        return new Attempt(7, WORD, Optional.of(reply), Optional.empty(), took, true);
    }

    private static String body(long id, String text) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" + text
                + "\"}]}}";
    }

    private static String error(long id, int code, String message) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":\"" + message
                + "\"}}";
    }
}
