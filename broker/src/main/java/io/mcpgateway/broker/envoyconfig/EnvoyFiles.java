package io.mcpgateway.broker.envoyconfig;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Writes the trees as YAML files. */
final class EnvoyFiles {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private EnvoyFiles() {}

    /**
     * Puts each file in place in one move, which is what a running Envoy watches for; equal files are left alone.
     *
     * @return names of the files that changed
     */
    static List<String> write(Path directory, SequencedMap<String, ObjectNode> files) throws IOException {
        Files.createDirectories(directory);
        List<String> changed = new ArrayList<>();
        for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
            Path target = directory.resolve(file.getKey());
            String text = yaml(file.getValue());
            if (Files.exists(target) && Files.readString(target).equals(text)) {
                continue;
            }
            Path next = directory.resolve("." + file.getKey() + ".new");
            Files.write(next, text.getBytes(StandardCharsets.UTF_8));
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            changed.add(file.getKey());
        }
        return changed;
    }

    static String yaml(ObjectNode tree) throws IOException {
        return YAML.writeValueAsString(tree);
    }
}
