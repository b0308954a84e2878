package io.mcpgateway.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/**
 * One row of the table.
 *
 * @param readOnly whether its server says that a call changes nothing
 * @param exampleArguments a JSON object that the tool's schema accepts, judging by its types
 */
record ListedTool(String name, String server, String description, boolean readOnly, String exampleArguments) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ListedTool of(JsonNode tool, List<ServedConfig.Prefix> prefixes) {
        String name = tool.path("name").asText();
        return new ListedTool(
                name,
                owner(name, prefixes),
                tool.path("description").asText("").lines().findFirst().orElse(""),
                tool.at("/annotations/readOnlyHint").asBoolean(),
                example(tool.path("inputSchema")));
    }

    /** The server with the longest prefix of this name. */
    private static String owner(String tool, List<ServedConfig.Prefix> prefixes) {
        return prefixes.stream()
                .filter(prefix -> tool.startsWith(prefix.text()))
                .max(Comparator.comparingInt(prefix -> prefix.text().length()))
                .map(ServedConfig.Prefix::server)
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
