package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;

/** A client's report about one step. */
sealed interface Outcome {
    /** What the client saw. */
    record Seen(JsonNode result) implements Outcome {}

    /** Why it failed. */
    record Refused(String why) implements Outcome {}

    /** Why the client cannot try it. */
    record NotOffered(String why) implements Outcome {}

    /** Parses a line of a client's output. */
    static Outcome of(JsonNode line) {
        if (line.has("notOffered")) {
            return new NotOffered(line.path("notOffered").asText());
        }
        if (line.has("error")) {
            return new Refused(line.path("error").asText());
        }
        JsonNode answer = line.at("/result/answer");
        return answer.path("isError").asBoolean()
                ? new Refused("the tool failed: " + answer.path("content"))
                : new Seen(line.path("result"));
    }
}
