package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;

/** What a client said of one step. */
sealed interface Outcome {
    /** What the client saw. */
    record Seen(JsonNode result) implements Outcome {}

    /** Why it could not. */
    record Refused(String why) implements Outcome {}

    /** Reads a line that a client prints. */
    static Outcome of(JsonNode line) {
        return line.has("error") ? new Refused(line.path("error").asText()) : new Seen(line.path("result"));
    }
}
