package io.mcpgateway.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.Reply;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How calls may end.
 *
 * @param answers whether calls can be answered while the fault is active; if not, a result must be wrong
 * @param errors how they may fail
 * @param bound the maximum duration of a call, successful or not
 */
record Expectation(boolean answers, List<Allowed> errors, Duration bound) {
    /** For calls that the fault does not affect. Generous, because the machine may be busy. */
    static final Duration USUAL = Duration.ofSeconds(15);

    /** Everything is answered. */
    static final Expectation UNTOUCHED = new Expectation(true, List.of(), USUAL);

    private static final Pattern WORD = Pattern.compile("w-\\d+-\\d+-[0-9a-f]{8}");

    enum Verdict {
        CORRECT,
        /** An error that names the problem. */
        CLEAR,
        WRONG
    }

    Expectation {
        errors = List.copyOf(errors);
    }

    Verdict judge(Attempt attempt) {
        if (attempt.took().compareTo(bound) > 0 || namesAnotherCall(attempt)) {
            return Verdict.WRONG;
        }
        if (isAnswer(attempt)) {
            return answers || !attempt.underFault() ? Verdict.CORRECT : Verdict.WRONG;
        }
        return errors.stream().anyMatch(error -> error.matches(attempt)) ? Verdict.CLEAR : Verdict.WRONG;
    }

    private static boolean namesAnotherCall(Attempt attempt) {
        return attempt.reply()
                .map(Reply::body)
                .map(body -> WORD.matcher(body)
                        .results()
                        .anyMatch(found -> !found.group().equals(attempt.word())))
                .orElse(false);
    }

    private static boolean isAnswer(Attempt attempt) {
        return attempt.reply()
                .filter(reply -> reply.status() == 200 && isJson(reply))
                .map(Reply::json)
                .filter(json -> json.path("id").asLong(-1) == attempt.id())
                .map(json -> json.at("/result/content/0/text"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> text.equals(attempt.word()) || text.equals(ChaosBackend.large(attempt.word())))
                .isPresent();
    }

    private static boolean isJson(Reply reply) {
        try {
            return reply.json().isObject();
        } catch (IllegalStateException notJson) {
            return false;
        }
    }
}
