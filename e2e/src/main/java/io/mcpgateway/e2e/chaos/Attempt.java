package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.client.Reply;
import java.time.Duration;
import java.util.Optional;

/**
 * One call and its result.
 *
 * @param id of the JSON-RPC request
 * @param word what the server must return; no other call has the same word
 * @param reply empty if there was no complete response
 * @param failure why there was no complete response
 * @param took the time until the end of the response
 * @param underFault whether the fault was active during the whole call
 */
record Attempt(
        long id, String word, Optional<Reply> reply, Optional<String> failure, Duration took, boolean underFault) {
    /** How it failed, in a word or two. */
    String label() {
        return reply.map(answer -> {
                    boolean json = answer.mediaType().equals("application/json")
                            && answer.body().contains("\"error\"");
                    return answer.status()
                            + (json ? " " + answer.json().at("/error/code").asText() : "");
                })
                .orElse("broken");
    }

    /** Details for finding the cause. */
    String description() {
        String outcome = reply.map(Reply::toString).orElseGet(() -> failure.orElse("nothing"));
        return "call " + id + " with " + word + " after " + took.toMillis() + " ms: "
                + outcome.substring(0, Math.min(outcome.length(), 400));
    }
}
