package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** How the Java client fills in a form: each field with its default, its first choice, or a fixed value of its type. */
final class Form {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> FORMATS = Map.of(
            "email", "ann@example.org",
            "uri", "https://example.org/",
            "date", "2026-01-01",
            "date-time", "2026-01-01T00:00:00Z");

    private Form() {}

    static Map<String, Object> filledIn(Map<String, Object> schema) {
        ObjectNode content = JSON.createObjectNode();
        JSON.valueToTree(schema)
                .path("properties")
                .properties()
                .forEach(field -> content.set(field.getKey(), answer(field.getValue())));
        return JSON.convertValue(content, new com.fasterxml.jackson.core.type.TypeReference<>() {});
    }

    private static JsonNode answer(JsonNode field) {
        if (field.has("default")) {
            return field.path("default");
        }
        if (field.has("enum")) {
            return field.path("enum").path(0);
        }
        for (String choices : new String[] {"oneOf", "anyOf"}) {
            if (field.has(choices)) {
                return field.path(choices).path(0).path("const");
            }
        }
        return switch (field.path("type").asText()) {
            case "boolean" -> JSON.getNodeFactory().booleanNode(true);
            case "integer", "number" -> JSON.getNodeFactory().numberNode(7);
            case "array" -> JSON.createArrayNode().add(answer(field.path("items")));
            default ->
                JSON.getNodeFactory()
                        .textNode(FORMATS.getOrDefault(field.path("format").asText(), "Ann"));
        };
    }
}
