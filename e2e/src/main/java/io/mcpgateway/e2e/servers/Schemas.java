package io.mcpgateway.e2e.servers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schemas of tool arguments. */
final class Schemas {
    private Schemas() {}

    /** An object without arguments. */
    static Map<String, Object> none() {
        return object(Map.of(), List.of());
    }

    /** An object with one required member. */
    static Map<String, Object> one(String name, String type, String description) {
        return object(Map.of(name, Map.of("type", type, "description", description)), List.of(name));
    }

    static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }

    /** The arguments that a real product's search tool might have: nested objects, enums, limits, descriptions. */
    static Map<String, Object> search(int number) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "query",
                Map.of("type", "string", "minLength", 1, "description", "What to look for in collection " + number));
        properties.put("limit", Map.of("type", "integer", "minimum", 1, "maximum", 100, "default", 20));
        properties.put(
                "order",
                Map.of("type", "string", "enum", List.of("relevance", "newest", "oldest"), "default", "newest"));
        properties.put(
                "filter",
                Map.of(
                        "type",
                        "object",
                        "additionalProperties",
                        false,
                        "properties",
                        Map.of(
                                "labels", Map.of("type", "array", "items", Map.of("type", "string"), "maxItems", 10),
                                "author", Map.of("type", "string", "description", "Name or address of the author"),
                                "since", Map.of("type", "string", "format", "date-time"))));
        return object(properties, List.of("query"));
    }
}
