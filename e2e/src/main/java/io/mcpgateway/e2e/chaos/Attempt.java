package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.words.Caller;
import io.mcpgateway.e2e.words.Cell;
import java.util.Objects;
import java.util.Optional;

/**
 * One call and its result.
 *
 * @param underFault whether the fault was active during the whole call
 */
record Attempt(Cell cell, Caller.Outcome outcome, boolean underFault) {
    private static final int SHOWN = 400;

    Attempt {
        Objects.requireNonNull(cell, "cell");
        Objects.requireNonNull(outcome, "outcome");
    }

    Optional<Reply> reply() {
        return outcome.reply();
    }

    /** How it failed, in a word or two. */
    String label() {
        return reply().map(answer -> {
                    boolean json = (answer.mediaType().equals("application/json") || isStream(answer))
                            && answer.body().contains("\"error\"");
                    return answer.status()
                            + (json ? " " + answer.json().at("/error/code").asText() : "");
                })
                .orElse("broken");
    }

    /** Details for finding the cause. */
    String description() {
        String came =
                reply().map(Reply::toString).orElseGet(() -> outcome.failure().orElse("nothing"));
        // The end of a stream says more than its begin.
        boolean stream = reply().filter(Attempt::isStream).isPresent();
        String shown = stream
                ? "... " + came.substring(Math.max(0, came.length() - SHOWN))
                : came.substring(0, Math.min(came.length(), SHOWN));
        return cell.label() + ", call " + outcome.id() + " with " + outcome.word() + " after "
                + outcome.took().toMillis() + " ms: " + shown;
    }

    static boolean isStream(Reply reply) {
        return reply.mediaType().equals("text/event-stream");
    }
}
