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
 * @param found where the installed ones are
 * @param missing why the others are missing
 */
record StrangerTools(Map<ForeignTool, Path> found, Map<ForeignTool, String> missing) {
    StrangerTools {
        found = Map.copyOf(found);
        missing = Map.copyOf(missing);
    }

    /** Without Go, the bench continues without its rows, unless CI=true; everything else must be installed. */
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

    /** Where the tool is; it must not be missing. */
    Path path(ForeignTool tool) {
        return Objects.requireNonNull(found.get(tool), tool::toString);
    }

    /** Why the tool is missing; empty if it is installed. */
    Optional<String> missing(ForeignTool tool) {
        return Optional.ofNullable(missing.get(tool));
    }

    /** The environment variables that the tool's programs need. */
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
