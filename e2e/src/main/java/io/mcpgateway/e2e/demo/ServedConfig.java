package io.mcpgateway.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The config.yaml that the demo serves. It is only read here for the table; the broker validates it. */
final class ServedConfig {
    /** A server's prefix. */
    record Prefix(String server, String text) {}

    private ServedConfig() {}

    /** Writes a config.yaml of these servers. */
    static Path write(Path file, List<ServerEntry> servers) throws IOException {
        return Files.writeString(file, ServerEntry.yaml(servers));
    }

    /**
     * The user's file.
     *
     * @param folder the base of a relative name
     */
    static Path locate(String name, Path folder) throws DemoException {
        Path file = folder.resolve(name).normalize();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new DemoException("cannot read " + file + " (CONFIG)");
        }
        return file;
    }

    /** The prefixes in a file; none if it cannot be read. */
    static List<Prefix> prefixes(Path file) {
        try {
            List<Prefix> prefixes = new ArrayList<>();
            for (JsonNode server : new YAMLMapper().readTree(file.toFile()).path("servers")) {
                String prefix =
                        server.path("toolPrefix").asText(server.path("prefix").asText(""));
                prefixes.add(new Prefix(server.path("name").asText(), prefix));
            }
            return prefixes;
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
