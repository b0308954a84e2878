package io.mcpgateway.e2e.scale.picture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The raw data of one curve, as it is kept in the repository.
 *
 * @param taken day, UTC
 * @param rounds how often most figures were measured, each point in turn
 * @param seconds duration of one load
 * @param workers clients of one load
 * @param cores of the machine
 * @param loadBefore load average of the last minute before the run
 * @param coresOfOthers mean number of cores that programs of others used during the run
 */
public record Measured(
        Curve curve,
        String taken,
        int rounds,
        int seconds,
        int workers,
        int cores,
        double loadBefore,
        double coresOfOthers,
        List<Point> points) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Every value that was measured, in order of time. */
    public record Point(int x, Map<Figure, List<Double>> figures) {
        public Point {
            Map<Figure, List<Double>> copy = new TreeMap<>();
            figures.forEach((figure, values) -> copy.put(figure, List.copyOf(values)));
            figures = Collections.unmodifiableMap(copy);
        }

        /** Whether it was measured here. */
        boolean has(Figure figure) {
            return !figures.getOrDefault(figure, List.of()).isEmpty();
        }

        /** The middle value; of an even number the lower one of both. */
        public double median(Figure figure) {
            List<Double> sorted = sorted(figure);
            return sorted.get((sorted.size() - 1) / 2);
        }

        double least(Figure figure) {
            return sorted(figure).getFirst();
        }

        double most(Figure figure) {
            return sorted(figure).getLast();
        }

        private List<Double> sorted(Figure figure) {
            return figures.getOrDefault(figure, List.of()).stream().sorted().toList();
        }
    }

    public Measured {
        points = List.copyOf(points);
    }

    /** Reads what {@link #write} wrote. */
    public static Measured read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Measured.class);
    }

    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }
}
