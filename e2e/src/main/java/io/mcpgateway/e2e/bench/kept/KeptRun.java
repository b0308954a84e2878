package io.mcpgateway.e2e.bench.kept;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The raw data of one run.
 *
 * @param taken when it began, UTC, to the minute
 * @param machine cores and load at the beginning
 * @param rounds how often each load was measured
 * @param seconds duration of one load
 */
public record KeptRun(String taken, String machine, int rounds, int seconds, List<Figure> figures) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * What was measured in one scenario.
     *
     * @param figure with its unit
     * @param values of each round, in order of time
     */
    public record Figure(String scenario, String figure, List<Double> values) {
        public Figure {
            values = List.copyOf(values);
        }

        /** The middle value; of an even number the lower one of both. */
        double median() {
            List<Double> sorted = values.stream().sorted().toList();
            return sorted.get((sorted.size() - 1) / 2);
        }
    }

    public KeptRun {
        figures = List.copyOf(figures);
    }

    /** Reads what {@link #write} wrote. */
    public static KeptRun read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), KeptRun.class);
    }

    /** Into the folder, as a file named after the time. */
    public Path write(Path folder) throws IOException {
        Path file = Files.createDirectories(folder).resolve(taken.replace(":", "") + ".json");
        return Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }
}
