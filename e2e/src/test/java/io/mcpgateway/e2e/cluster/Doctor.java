package io.mcpgateway.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code doctor}, with the rights of whoever runs the tests. */
record Doctor(Installation installation) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What it said. */
    record Diagnosis(int exitCode, JsonNode report) {
        /** Reason and subject of the first line; blank if nothing is broken. */
        String cause() {
            return report.at("/cause/reason").asText() + " "
                    + report.at("/cause/subject").asText();
        }

        /** The whole first line. */
        String line() {
            return report.at("/cause/subject").asText() + ": "
                    + report.at("/cause/message").asText();
        }
    }

    Diagnosis diagnosis(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProjectFolder.java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                installation
                        .project()
                        .resolve("controller/target/mcp-gateway-controller.jar")
                        .toString(),
                "doctor",
                "-o",
                "json"));
        command.addAll(List.of(options));
        Command.Result result = Command.run(command, "", LIMIT);
        // Progress is on standard error, which comes first.
        return new Diagnosis(
                result.exitCode(),
                new ObjectMapper()
                        .readTree(result.output().substring(result.output().indexOf('{'))));
    }

    void awaitCause(String cause) {
        awaitOneOf(Set.of(cause));
    }

    /** Waits until the first line names this, and says so in these words. */
    void awaitLine(String cause, String words) {
        installation
                .kubectl()
                .await(
                        Installation.EXTENSION,
                        "doctor: " + cause + ": " + words,
                        this::attempt,
                        diagnosis -> diagnosis.cause().equals(cause)
                                && diagnosis.line().contains(words));
    }

    /** Waits until the first line names one of these. */
    Diagnosis awaitOneOf(Set<String> causes) {
        return installation
                .kubectl()
                .await(
                        Installation.EXTENSION,
                        "doctor: " + String.join(", or ", causes),
                        this::attempt,
                        diagnosis -> causes.contains(diagnosis.cause()));
    }

    void awaitHealthy() {
        installation
                .kubectl()
                .await(
                        Installation.EXTENSION,
                        "doctor: nothing is broken",
                        this::attempt,
                        diagnosis -> diagnosis.cause().isBlank());
    }

    private Diagnosis attempt() {
        try {
            return diagnosis();
        } catch (IOException notJson) {
            ObjectMapper json = new ObjectMapper();
            return new Diagnosis(
                    -1,
                    json.createObjectNode().set("cause", json.createObjectNode().put("reason", notJson.toString())));
        }
    }
}
