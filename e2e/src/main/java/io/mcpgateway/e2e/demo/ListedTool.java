package io.mcpgateway.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.e2e.process.ServerEntry;
import java.util.Comparator;
import java.util.List;

/**
 * One row of the table.
 *
 * @param exampleArguments a JSON object that the tool's schema accepts, as far as its types tell
 */
record ListedTool(String name, String server, String description, String exampleArguments) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ListedTool of(JsonNode tool, List<ServerEntry> servers) {
        String name = tool.path("name").asText();
        return new ListedTool(
                name,
                owner(name, servers),
                tool.path("description").asText("").lines().findFirst().orElse(""),
                example(tool.path("inputSchema")));
    }

    /** The server with the longest prefix of this name. */
    private static String owner(String tool, List<ServerEntry> servers) {
        return servers.stream()
                .filter(server -> tool.startsWith(server.toolPrefix()))
                .max(Comparator.comparingInt(server -> server.toolPrefix().length()))
                .map(ServerEntry::name)
                .orElse("");
    }

    private static String example(JsonNode schema) {
        ObjectNode arguments = JSON.createObjectNode();
        for (JsonNode required : schema.path("required")) {
            JsonNode property = schema.path("properties").path(required.asText());
            arguments.set(required.asText(), value(property));
        }
        return arguments.toString();
    }

    private static JsonNode value(JsonNode property) {
        if (property.path("enum").isArray() && !property.path("enum").isEmpty()) {
            return property.path("enum").get(0);
        }
        return switch (property.path("type").asText("string")) {
            case "integer", "number" -> JSON.getNodeFactory().numberNode(1);
            case "boolean" -> JSON.getNodeFactory().booleanNode(true);
            case "array" -> JSON.createArrayNode();
            case "object" -> JSON.createObjectNode();
            default -> JSON.getNodeFactory().textNode("world");
        };
    }
}
