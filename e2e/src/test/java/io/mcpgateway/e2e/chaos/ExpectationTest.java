package io.mcpgateway.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.chaos.Expectation.Verdict;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.words.Caller.Outcome;
import io.mcpgateway.e2e.words.Cell;
import io.mcpgateway.e2e.words.WordServer;
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
        assertThat(Expectation.UNTOUCHED.judge(answered(7, WordServer.large(WORD))))
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
                        attempt(new Outcome(7, WORD, Optional.empty(), Optional.of("reset"), Duration.ofMillis(1)))))
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

    @Test
    void anErrorMayComeInTheStreamOfItsCall() {
        assertThat(FAILING.judge(failed(200, "text/event-stream", "data: " + error(7, -32003, "no session"))))
                .isEqualTo(Verdict.CLEAR);
        assertThat(FAILING.judge(failed(200, "text/event-stream", "data: " + error(8, -32003, "no session"))))
                .isEqualTo(Verdict.WRONG);
    }

    @Test
    void aReplyThatIsRefusedHasNoId() {
        Expectation refusing =
                new Expectation(true, List.of(new Allowed.ReplyRefused(400, "has ended")), Expectation.USUAL);
        String refusal = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"the server has ended\"}}";

        assertThat(refusing.judge(failed(400, "application/json", refusal))).isEqualTo(Verdict.CLEAR);
        assertThat(refusing.judge(failed(400, "application/json", error(7, -32600, "the server has ended"))))
                .as("an answer to the call")
                .isEqualTo(Verdict.WRONG);
    }

    @Test
    void anErrorOfOtherErasIsWrong() {
        Expectation legacyOnly =
                new Expectation(true, List.of(new Allowed.Status(503).in(Cell.LEGACY)), Expectation.USUAL);
        Attempt failed = failed(503, "text/plain", "no healthy upstream");

        assertThat(legacyOnly.judge(failed)).isEqualTo(Verdict.CLEAR);
        assertThat(legacyOnly.judge(new Attempt(Cell.MODERN, failed.outcome(), true)))
                .isEqualTo(Verdict.WRONG);
    }

    @Test
    void aSubscriptionIsAnsweredByItsAcknowledgement() {
        assertThat(Expectation.UNTOUCHED.judge(acknowledged(7))).isEqualTo(Verdict.CORRECT);
        assertThat(Expectation.UNTOUCHED.judge(acknowledged(8))).isEqualTo(Verdict.WRONG);
    }

    private static Attempt acknowledged(long subscription) {
        String event = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{"
                + "\"notifications\":{\"toolsListChanged\":true},\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":"
                + subscription + "}}}\n\n";
        Reply reply = new Reply(200, Map.of("content-type", List.of("text/event-stream")), event);
        return new Attempt(
                Cell.LISTENING, new Outcome(7, "", Optional.of(reply), Optional.empty(), Duration.ofMillis(1)), true);
    }

    private static Attempt answered(long id, String text) {
        return attempt(200, "application/json", body(id, text), Duration.ofMillis(1));
    }

    private static Attempt failed(int status, String type, String body) {
        return attempt(status, type, body, Duration.ofMillis(1));
    }

    private static Attempt attempt(int status, String type, String body, Duration took) {
        Reply reply = new Reply(status, Map.of("content-type", List.of(type)), body);
        return attempt(new Outcome(7, WORD, Optional.of(reply), Optional.empty(), took));
    }

    private static Attempt attempt(Outcome outcome) {
        return new Attempt(Cell.LEGACY, outcome, true);
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
