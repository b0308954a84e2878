package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The jobs of a client on the Java MCP SDK; e2e/foreign/strangers/README.md describes the file and the output. */
final class ClientJobs {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A connection to a server. */
    interface Session extends AutoCloseable {
        /** What the client sees in a step. */
        Object run(JsonNode step) throws IOException, InterruptedException;

        @Override
        void close();
    }

    @FunctionalInterface
    interface Connector {
        /** Connects, or does so in the first step. */
        Session connect(URI url, Duration limit, Ears ears);
    }

    private final Set<String> lacking;
    private final Connector connector;

    /**
     * Creates the runner.
     *
     * @param lacking the scenarios that the SDK has nothing for
     */
    ClientJobs(Set<String> lacking, Connector connector) {
        this.lacking = lacking;
        this.connector = connector;
    }

    /** Runs the jobs in the file, and prints a line for each step. */
    void run(Path file) throws IOException {
        JsonNode plan = JSON.readTree(file.toFile());
        Duration limit = Duration.ofMillis(plan.path("limitMillis").asLong());
        for (JsonNode job : plan.path("jobs")) {
            Ears ears = new Ears();
            try (Session session = connector.connect(URI.create(job.path("url").asText()), limit, ears)) {
                for (JsonNode step : job.path("steps")) {
                    ears.clear();
                    ObjectNode line = JSON.createObjectNode()
                            .put("server", job.path("server").asText())
                            .put("scenario", step.path("scenario").asText());
                    System.out.println(line.setAll(seen(session, step)).toString());
                }
            }
        }
    }

    static Map<String, Object> arguments(JsonNode step) {
        return step.has("arguments")
                ? JSON.convertValue(step.path("arguments"), new TypeReference<Map<String, Object>>() {})
                : Map.of();
    }

    /**
     * Lists the tools after each notification until the one that the step added is there.
     *
     * @param names of the tools that are listed now
     */
    static Map<String, Object> changed(JsonNode step, Ears ears, Supplier<Stream<String>> names) {
        for (int seen = 0; ; ) {
            int told = ears.await("changed", seen + 1);
            boolean listed = names.get().anyMatch(grown(step)::equals);
            if (listed || told == seen) {
                return Map.of("told", told > 0, "listed", listed);
            }
            seen = told;
        }
    }

    /** The name of the tool that the step adds. */
    private static String grown(JsonNode step) {
        return step.path("name").asText().replaceFirst("grow$", "grown_")
                + step.at("/arguments/key").asText();
    }

    private ObjectNode seen(Session session, JsonNode step) {
        ObjectNode outcome = JSON.createObjectNode();
        if (lacking.contains(step.path("scenario").asText())) {
            return outcome.put("notOffered", "the Java SDK cannot do it");
        }
        try {
            return outcome.set("result", JSON.valueToTree(session.run(step)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return outcome.put("error", "interrupted");
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return outcome.put("error", cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }
    }
}
