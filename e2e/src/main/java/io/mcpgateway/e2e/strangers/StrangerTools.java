package io.mcpgateway.e2e.strangers;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ToolMissingException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The programs that the bench needs.
 *
 * @param found where they are
 * @param missing why others are not there
 */
record StrangerTools(Map<ForeignTool, Path> found, Map<ForeignTool, String> missing) {
    StrangerTools {
        found = Map.copyOf(found);
        missing = Map.copyOf(missing);
    }

    /** Without Go the bench goes on without its rows, unless CI=true; all else has to be there. */
    static StrangerTools locate(ProjectFolder project, Set<ForeignTool> needed, Consumer<String> progress)
            throws ToolMissingException {
        Map<ForeignTool, Path> found = new EnumMap<>(ForeignTool.class);
        Map<ForeignTool, String> missing = new EnumMap<>(ForeignTool.class);
        for (ForeignTool tool : needed) {
            try {
                found.put(tool, tool.locate(project, progress));
            } catch (ToolMissingException e) {
                if (tool != ForeignTool.GO || "true".equals(System.getenv("CI"))) {
                    throw e;
                }
                missing.put(tool, String.valueOf(e.getMessage()));
            }
        }
        return new StrangerTools(found, missing);
    }

    /** Where that one is, which is not missing. */
    Path path(ForeignTool tool) {
        return Objects.requireNonNull(found.get(tool), tool::toString);
    }

    /** Why that one is missing; empty if it is there. */
    Optional<String> missing(ForeignTool tool) {
        return Optional.ofNullable(missing.get(tool));
    }

    /** What programs of that tool need in their environment. */
    Map<String, String> environment(ForeignTool tool) {
        return switch (tool) {
            case PYTHON, PYTHON2 ->
                Map.of("PYTHONPATH", path(tool).toString(), "PYTHONDONTWRITEBYTECODE", "1", "PYTHONWARNINGS", "ignore");
            case TYPESCRIPT ->
                Map.of(
                        "STRANGERS_FOLDER", path(tool).toString(),
                        "CONFORMANCE_FOLDER", path(tool).toString());
            default -> Map.of();
        };
    }
}
