package io.mcpgateway.broker.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.broker.json.RawJson;
import java.util.List;

/** The answers of the registry API v0.1 (its openapi.yaml of 2025-12-01). */
final class RegistryJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";
    private static final String OFFICIAL = "io.modelcontextprotocol.registry/official";

    private RegistryJson() {}

    /**
     * {@code ServerList}.
     *
     * @param nextCursor empty on the last page
     */
    static RawJson list(List<RegistryEntry> entries, String version, String nextCursor) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode servers = root.putArray("servers");
        entries.forEach(entry -> servers.add(response(entry, version)));
        ObjectNode metadata = root.putObject("metadata").put("count", entries.size());
        if (!nextCursor.isEmpty()) {
            metadata.put("nextCursor", nextCursor);
        }
        return print(root);
    }

    /** {@code ServerResponse}. */
    static RawJson one(RegistryEntry entry, String version) {
        return print(response(entry, version));
    }

    static RawJson error(String problem) {
        return print(JSON.createObjectNode().put("error", problem));
    }

    private static ObjectNode response(RegistryEntry entry, String version) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode server = root.putObject("server")
                .put("$schema", SCHEMA)
                .put("name", entry.name())
                .put("title", entry.title())
                .put("description", entry.description())
                .put("version", version);
        server.putArray("remotes").addObject().put("type", "streamable-http").put("url", entry.url());
        // No times: nobody knows them, and replicas would not agree.
        root.putObject("_meta").putObject(OFFICIAL).put("status", "active").put("isLatest", true);
        return root;
    }

    private static RawJson print(ObjectNode node) {
        try {
            return RawJson.of(JSON.writeValueAsString(node) + "\n");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of strings could not be printed", impossible);
        }
    }
}
