package io.mcpgateway.e2e.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * The result of one scenario.
 *
 * @param passed as the suite counts: no check failed; a warning is not a failure
 * @param note the first failure, otherwise the first warning, otherwise empty
 */
record ScenarioResult(String scenario, boolean passed, int warnings, String note) {
    private static final int NOTE_LENGTH = 160;

    ScenarioResult {
        Objects.requireNonNull(scenario, "scenario");
        String line = note.replaceAll("\\s+", " ").strip();
        note = line.length() > NOTE_LENGTH ? line.substring(0, NOTE_LENGTH) + "..." : line;
    }

    static ScenarioResult failed(String scenario, String why) {
        return new ScenarioResult(scenario, false, 0, why);
    }

    /** Reads the list of checks that the suite writes for a scenario. */
    static ScenarioResult of(String scenario, JsonNode checks) {
        int warnings = 0;
        String failure = "";
        String warning = "";
        for (JsonNode check : checks) {
            String message =
                    check.path("errorMessage").asText(check.path("description").asText());
            switch (check.path("status").asText()) {
                case "FAILURE" -> failure = failure.isEmpty() ? message : failure;
                case "WARNING" -> {
                    warnings++;
                    warning = warning.isEmpty() ? message : warning;
                }
                default -> {}
            }
        }
        if (checks.isEmpty()) {
            return failed(scenario, "the suite ran no checks");
        }
        return new ScenarioResult(scenario, failure.isEmpty(), warnings, failure.isEmpty() ? warning : failure);
    }
}
