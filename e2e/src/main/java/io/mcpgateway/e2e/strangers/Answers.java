package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client's report about its jobs.
 *
 * @param outcomes one for each step
 * @param stopped if it did not run all steps: how it ended, and at which step
 */
record Answers(Map<String, Outcome> outcomes, Optional<String> stopped) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Answers {
        outcomes = Map.copyOf(outcomes);
    }

    /**
     * Parses the client's output.
     *
     * @param jobs in the order in which the client runs them
     * @param end how the program ended
     */
    static Answers read(String client, JsonNode jobs, List<String> lines, String end) {
        Map<String, Outcome> outcomes = new HashMap<>();
        for (String line : lines) {
            said(line)
                    .ifPresent(said -> outcomes.put(
                            Plan.key(
                                    client,
                                    said.path("server").asText(),
                                    said.path("scenario").asText()),
                            Outcome.of(said)));
        }
        Optional<String> stopped = Optional.empty();
        for (JsonNode job : jobs.path("jobs")) {
            for (JsonNode step : job.path("steps")) {
                String key = Plan.key(
                        client,
                        job.path("server").asText(),
                        step.path("scenario").asText());
                if (!outcomes.containsKey(key)) {
                    String why = stopped.orElse(end + ", at " + key);
                    stopped = Optional.of(why);
                    outcomes.put(key, new Outcome.Refused(why));
                }
            }
        }
        return new Answers(outcomes, stopped);
    }

    /** The last line of a client that was killed may be incomplete. */
    private static Optional<JsonNode> said(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(line));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
