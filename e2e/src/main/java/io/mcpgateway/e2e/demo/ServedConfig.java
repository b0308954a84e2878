package io.mcpgateway.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The config.yaml that the demo serves. It is read here only for what the table shows; the broker judges it.
 *
 * @param servers those that are enabled
 */
record ServedConfig(Path file, List<ServerEntry> servers) {
    ServedConfig {
        servers = List.copyOf(servers);
    }

    /** Writes a config.yaml of these servers. */
    static ServedConfig write(Path file, List<ServerEntry> servers) throws IOException {
        Files.writeString(file, ServerEntry.yaml(servers));
        return new ServedConfig(file, servers);
    }

    /** Reads a user's file. */
    static ServedConfig read(Path file) throws DemoException {
        if (!Files.isReadable(file)) {
            throw new DemoException("cannot read " + file + " (CONFIG)");
        }
        try {
            List<ServerEntry> servers = new ArrayList<>();
            for (JsonNode server : new YAMLMapper().readTree(file.toFile()).path("servers")) {
                if (server.path("enabled").asBoolean(true)
                        && !"Disabled".equalsIgnoreCase(server.path("state").asText())) {
                    servers.add(entry(server));
                }
            }
            if (servers.isEmpty()) {
                throw new DemoException(file + " lists no enabled server under `servers:`");
            }
            return new ServedConfig(file.toAbsolutePath(), servers);
        } catch (IOException | IllegalArgumentException e) {
            String cause = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new DemoException(file + " is not a valid config.yaml: " + cause);
        }
    }

    private static ServerEntry entry(JsonNode server) {
        String prefix = server.path("toolPrefix").asText(server.path("prefix").asText(""));
        return new ServerEntry(
                server.path("name").asText(),
                URI.create(server.path("url").asText()),
                server.path("hostname").asText(),
                prefix);
    }
}
