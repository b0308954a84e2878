package io.mcpgateway.broker.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.era.ParamHeader;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which arguments of a tool are sent as headers too (MCP 2026-07-28, Streamable HTTP, "Custom Headers from Tool
 * Parameters"): the {@code x-mcp-header} annotations of its {@code inputSchema}.
 *
 * @param headers in the order of the schema; none if there is a flaw
 * @param flaws annotations that are not allowed; a client of a modern server must not show a tool that has one
 */
public record ParamHeaders(List<ParamHeader> headers, List<Finding> flaws) {
    public static final ParamHeaders NONE = new ParamHeaders(List.of(), List.of());

    private static final String ANNOTATION = "x-mcp-header";
    private static final String SCHEMA = "inputSchema";
    private static final ObjectMapper TREES = new ObjectMapper();
    /** RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** What is remembered of one definition. */
    private static final int MOST_FLAWS = 5;

    /** Keywords of JSON Schema whose values are schemas, lists of schemas, or objects of schemas. */
    private static final Set<String> SCHEMAS = Set.of(
            "items",
            "prefixItems",
            "additionalItems",
            "unevaluatedItems",
            "contains",
            "additionalProperties",
            "unevaluatedProperties",
            "propertyNames",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "contentSchema");

    private static final Set<String> MAPS =
            Set.of("patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions");

    public ParamHeaders {
        headers = List.copyOf(headers);
        flaws = List.copyOf(flaws);
    }

    /** Of a tool's definition that fits the MCP schema. */
    public static ParamHeaders of(RawJson tool) {
        Walk walk = new Walk();
        walk.schema(tool.read(ParamHeaders::tree).path(SCHEMA), SCHEMA, Optional.of(List.of()));
        return walk.flaws.isEmpty()
                ? new ParamHeaders(walk.headers, List.of())
                : new ParamHeaders(List.of(), walk.flaws);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return TREES.readTree(json);
        } catch (IOException notReadable) {
            return TREES.missingNode();
        }
    }

    /** Goes through every schema within a schema, once. */
    private static final class Walk {
        private final List<ParamHeader> headers = new ArrayList<>();
        private final List<Finding> flaws = new ArrayList<>();
        private final Set<String> names = new HashSet<>();

        /** @param properties that lead here and nothing else; empty below any other keyword */
        void schema(JsonNode schema, String path, Optional<List<String>> properties) {
            if (!schema.isObject() || flaws.size() >= MOST_FLAWS) {
                return;
            }
            if (schema.has(ANNOTATION)) {
                annotation(schema, Paths.member(path, ANNOTATION), properties);
            }
            for (Map.Entry<String, JsonNode> member : schema.properties()) {
                String below = Paths.member(path, member.getKey());
                if (member.getKey().equals("properties")) {
                    properties(member.getValue(), below, properties);
                } else if (SCHEMAS.contains(member.getKey())) {
                    schemas(member.getValue(), below);
                } else if (MAPS.contains(member.getKey()) && member.getValue().isObject()) {
                    member.getValue()
                            .properties()
                            .forEach(each ->
                                    schema(each.getValue(), Paths.member(below, each.getKey()), Optional.empty()));
                }
            }
        }

        private void properties(JsonNode members, String path, Optional<List<String>> properties) {
            if (members.isObject()) {
                members.properties().forEach(member -> {
                    Optional<List<String>> chain = properties.map(before -> {
                        List<String> longer = new ArrayList<>(before);
                        longer.add(member.getKey());
                        return longer;
                    });
                    schema(member.getValue(), Paths.member(path, member.getKey()), chain);
                });
            }
        }

        private void schemas(JsonNode value, String path) {
            if (value.isArray()) {
                value.forEach(each -> schema(each, path, Optional.empty()));
            } else {
                schema(value, path, Optional.empty());
            }
        }

        private void annotation(JsonNode schema, String path, Optional<List<String>> properties) {
            JsonNode name = schema.path(ANNOTATION);
            Optional<ParamHeader.Type> type =
                    ParamHeader.Type.of(schema.path("type").asText(""));
            if (properties.isEmpty() || properties.get().isEmpty()) {
                flaw(path, "must be on a property that only properties lead to");
            } else if (!name.isTextual() || !TOKEN.matcher(name.textValue()).matches()) {
                flaw(path, "must be a name that HTTP headers can have");
            } else if (type.isEmpty()) {
                flaw(path, "must be on a property of type string, integer or boolean");
            } else if (!names.add(name.textValue().toLowerCase(Locale.ROOT))) {
                flaw(path, "must not be used twice in one schema");
            } else {
                headers.add(new ParamHeader(
                        McpHeaders.PARAM_PREFIX + name.textValue().toLowerCase(Locale.ROOT),
                        properties.get(),
                        type.get()));
            }
        }

        private void flaw(String path, String rule) {
            flaws.add(new Finding(path, rule));
        }
    }
}
