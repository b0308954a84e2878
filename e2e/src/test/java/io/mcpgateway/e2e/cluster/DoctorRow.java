package io.mcpgateway.e2e.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * One way to break the bed.
 *
 * @param name also the name of its objects
 * @param guide the rows of the troubleshooting guide that it stands for
 * @param cause reason and subject that {@code doctor} must name first
 * @param objects YAML documents that are applied first, and deleted at the end
 * @param run kubectl commands after that
 * @param undo kubectl commands that take back those of {@code run}
 */
record DoctorRow(
        @JsonProperty(value = "name", required = true) String name,
        @JsonProperty(value = "guide", required = true) String guide,
        @JsonProperty(value = "cause", required = true) String cause,
        @JsonProperty("objects") String objects,
        @JsonProperty("run") List<List<String>> run,
        @JsonProperty("undo") List<List<String>> undo) {
    DoctorRow {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(guide, "guide");
        cause = named(cause, name);
        objects = named(Objects.requireNonNullElse(objects, ""), name);
        run = Objects.requireNonNullElse(run, List.of());
        undo = Objects.requireNonNullElse(undo, List.of());
        if (objects.isEmpty() && (run.isEmpty() || undo.isEmpty())) {
            throw new IllegalArgumentException(name + " breaks nothing, or does not undo it");
        }
    }

    /** For the names of tests. */
    @Override
    public String toString() {
        return name;
    }

    private static String named(String text, String name) {
        return text.replace("NAME", name);
    }
}
