package io.mcpgateway.e2e.guide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The commands that are run, and the states of the system in which they run. */
record GuideTable(List<Check> checks, List<Scene> scenes) {
    static final String HEALTHY = "healthy";

    static GuideTable read() {
        return new GuideTable(read("checks.yaml", Check::of), read("scenes.yaml", Scene::of));
    }

    static Path file(String name) {
        return ProjectFolder.locate().resolve("e2e/src/test/resources/guide").resolve(name);
    }

    private static <T> List<T> read(String name, Function<JsonNode, T> item) {
        List<T> items = new ArrayList<>();
        try {
            new YAMLMapper().readTree(Files.readString(file(name))).forEach(node -> items.add(item.apply(node)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
        return List.copyOf(items);
    }
}
