package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.client.Reply;
import java.time.Duration;
import java.util.Optional;

/**
 * One call and what came of it.
 *
 * @param id of the JSON-RPC request
 * @param word what the server is to say back; no other call has it
 * @param reply empty if there was none, or none whole
 * @param failure why there was none
 * @param took until the end of the answer
 * @param underFault whether the fault was in place from its beginning to its end
 */
record Attempt(
        long id, String word, Optional<Reply> reply, Optional<String> failure, Duration took, boolean underFault) {
    /** In a word or two how it failed. */
    String label() {
        return reply.map(answer -> {
                    boolean json = answer.mediaType().equals("application/json")
                            && answer.body().contains("\"error\"");
                    return answer.status()
                            + (json ? " " + answer.json().at("/error/code").asText() : "");
                })
                .orElse("broken");
    }

    /** For people who look for the cause. */
    String description() {
        String outcome = reply.map(Reply::toString).orElseGet(() -> failure.orElse("nothing"));
        return "call " + id + " with " + word + " after " + took.toMillis() + " ms: "
                + outcome.substring(0, Math.min(outcome.length(), 400));
    }
}
