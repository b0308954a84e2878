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

    private static final int LONGEST_WORD = 31;

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
            JsonNode root = new YAMLMapper().readTree(file.toFile());
            for (String member : List.of("mcpServers", "servers")) {
                if (root.path(member).isObject()) {
                    root.path(member).fieldNames().forEachRemaining(name -> prefixes.add(ofClient(name)));
                    return prefixes;
                }
            }
            for (JsonNode server : root.path("servers")) {
                String prefix =
                        server.path("toolPrefix").asText(server.path("prefix").asText(""));
                prefixes.add(new Prefix(server.path("name").asText(), prefix));
            }
            return prefixes;
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** In the file of a client, a server's name is its prefix too (docs/standalone.md). */
    private static Prefix ofClient(String name) {
        String server = name.strip().replaceAll("[^A-Za-z0-9._/-]+", "-");
        String word = server.replaceAll("[^A-Za-z0-9_-]+", "-");
        return new Prefix(server, word.substring(0, Math.min(word.length(), LONGEST_WORD)) + "_");
    }
}
