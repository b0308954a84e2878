package io.mcpgateway.broker.definition;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether a JSON Schema can be compiled by validators that give up on the first thing they do not know. Clients on the
 * TypeScript SDK 1 compile the {@code outputSchema} of every tool when they read the list, and one that they cannot
 * compile costs them the whole list. Careful rather than complete: what is not surely fine is not.
 */
final class CompiledSchema {
    private static final int MOST_NODES = 20_000;
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "object", "array", "null");
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^#\\s]+#?");

    private static final Map<String, Predicate<JsonNode>> KEYWORDS = Map.ofEntries(
            Map.entry("$ref", JsonNode::isTextual),
            Map.entry(
                    "type",
                    node -> type(node) || (strings(node) && !node.isEmpty() && all(node, CompiledSchema::type))),
            Map.entry("nullable", JsonNode::isBoolean),
            Map.entry("required", CompiledSchema::strings),
            Map.entry("maximum", JsonNode::isNumber),
            Map.entry("minimum", JsonNode::isNumber),
            Map.entry("exclusiveMaximum", JsonNode::isNumber),
            Map.entry("exclusiveMinimum", JsonNode::isNumber),
            Map.entry("multipleOf", JsonNode::isNumber),
            Map.entry("maxLength", JsonNode::isNumber),
            Map.entry("minLength", JsonNode::isNumber),
            Map.entry("maxItems", JsonNode::isNumber),
            Map.entry("minItems", JsonNode::isNumber),
            Map.entry("maxProperties", JsonNode::isNumber),
            Map.entry("minProperties", JsonNode::isNumber),
            Map.entry("maxContains", JsonNode::isNumber),
            Map.entry("minContains", JsonNode::isNumber),
            Map.entry("uniqueItems", JsonNode::isBoolean),
            Map.entry("enum", node -> node.isArray() && !node.isEmpty()),
            Map.entry("format", JsonNode::isTextual),
            Map.entry("pattern", node -> node.isTextual() && PatternRule.portable(node.textValue())),
            Map.entry("patternProperties", node -> schemaMap(node) && names(node, PatternRule::portable)),
            Map.entry("properties", CompiledSchema::schemaMap),
            Map.entry("$defs", CompiledSchema::schemaMap),
            Map.entry("definitions", CompiledSchema::schemaMap),
            Map.entry("dependentSchemas", CompiledSchema::schemaMap),
            Map.entry("dependencies", node -> node.isObject() && all(node, value -> schema(value) || strings(value))),
            Map.entry("items", node -> schema(node) || schemas(node)),
            Map.entry("prefixItems", CompiledSchema::schemas),
            Map.entry("allOf", CompiledSchema::schemas),
            Map.entry("anyOf", CompiledSchema::schemas),
            Map.entry("oneOf", CompiledSchema::schemas),
            Map.entry("not", CompiledSchema::schema),
            Map.entry("if", CompiledSchema::schema),
            Map.entry("then", CompiledSchema::schema),
            Map.entry("else", CompiledSchema::schema),
            Map.entry("contains", CompiledSchema::schema),
            Map.entry("additionalItems", CompiledSchema::schema),
            Map.entry("additionalProperties", CompiledSchema::schema),
            Map.entry("propertyNames", CompiledSchema::schema));

    /** Whose values are not schemas, and where nothing is looked for. */
    private static final Set<String> DATA = Set.of("const", "enum", "default", "required");

    private static final Set<String> MAPS =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependencies", "dependentSchemas");
    private static final List<String> IDENTIFIERS = List.of("$id", "$anchor", "$dynamicAnchor");
    private static final List<String> UNWANTED =
            List.of("id", "$async", "$anchor", "$dynamicAnchor", "$recursiveAnchor");

    private final JsonNode root;
    private final Set<JsonNode> read = Collections.newSetFromMap(new IdentityHashMap<>());

    private CompiledSchema(JsonNode root) {
        this.root = root;
    }

    /** What keeps the schema from being compiled, if anything. */
    static Optional<Finding> flaw(JsonNode root) {
        return new CompiledSchema(root).flawOf(root, "");
    }

    private Optional<Finding> flawOf(JsonNode schema, String path) {
        if (!schema.isObject() || !read.add(schema)) {
            return Optional.empty();
        }
        if (read.size() > MOST_NODES) {
            return found(path, "has too many parts");
        }
        for (String unwanted : UNWANTED) {
            if (schema.has(unwanted)) {
                return found(path, "has " + unwanted + ", which not every client can compile");
            }
        }
        JsonNode id = schema.path("$id");
        if (!id.isMissingNode()
                && !(path.isEmpty()
                        && id.isTextual()
                        && ABSOLUTE.matcher(id.textValue()).matches())) {
            return found(path, "has an $id that not every client can compile");
        }
        JsonNode nullable = schema.path("nullable");
        if (!nullable.isMissingNode() && (!schema.has("type") || (!nullable.asBoolean() && mentionsNull(schema)))) {
            return found(path, "has nullable without a type that goes with it");
        }
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            Optional<Finding> flaw = flawOfMember(member.getKey(), member.getValue(), path);
            if (flaw.isPresent()) {
                return flaw;
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> flawOfMember(String name, JsonNode value, String path) {
        String below = Paths.member(path, name);
        Predicate<JsonNode> rule = KEYWORDS.get(name);
        if (rule != null && !rule.test(value)) {
            return found(below, "cannot be compiled by every client");
        }
        if (name.equals("$ref")) {
            JsonNode target = target(value.textValue());
            return schema(target) ? flawOf(target, below) : found(below, "does not resolve in this schema");
        }
        if (rule == null) {
            // An identifier counts even below members that mean nothing.
            return value.isContainerNode()
                            && !DATA.contains(name)
                            && IDENTIFIERS.stream().anyMatch(identifier -> value.findValue(identifier) != null)
                    ? found(below, "has an identifier inside, which not every client can compile")
                    : Optional.empty();
        }
        if (DATA.contains(name) || value.isValueNode()) {
            return Optional.empty();
        }
        if (MAPS.contains(name)) {
            return first(value.properties().stream()
                    .map(each -> flawOf(each.getValue(), Paths.member(below, each.getKey()))));
        }
        return value.isArray() ? first(value.valueStream().map(each -> flawOf(each, below))) : flawOf(value, below);
    }

    private static Optional<Finding> first(Stream<Optional<Finding>> flaws) {
        return flaws.flatMap(Optional::stream).findFirst();
    }

    /** The target of a reference; only references into the schema itself, by JSON pointer, are supported. */
    private JsonNode target(String reference) {
        if (!reference.equals("#") && (!reference.startsWith("#/") || reference.indexOf('%') >= 0)) {
            return root.path(-1);
        }
        JsonNode node = root;
        JsonPointer rest = JsonPointer.compile(reference.substring(1));
        while (!rest.matches()) {
            node = node.path(rest.getMatchingProperty());
            if (node.has("$id")) {
                // Validators take it for an identifier on their way, whatever it is.
                return root.path(-1);
            }
            rest = rest.tail();
        }
        return node;
    }

    private static boolean mentionsNull(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? !all(type, each -> !each.asText().equals("null"))
                : type.asText().equals("null");
    }

    private static boolean type(JsonNode node) {
        return node.isTextual() && TYPES.contains(node.textValue());
    }

    private static boolean all(JsonNode node, Predicate<JsonNode> rule) {
        for (JsonNode each : node) {
            if (!rule.test(each)) {
                return false;
            }
        }
        return true;
    }

    private static boolean names(JsonNode node, Predicate<String> rule) {
        return node.properties().stream().map(Map.Entry::getKey).allMatch(rule);
    }

    private static Optional<Finding> found(String path, String rule) {
        return Optional.of(new Finding(path, rule));
    }

    private static boolean schema(JsonNode node) {
        return node.isObject() || node.isBoolean();
    }

    private static boolean strings(JsonNode node) {
        return node.isArray() && all(node, JsonNode::isTextual);
    }

    private static boolean schemas(JsonNode node) {
        return node.isArray() && !node.isEmpty() && all(node, CompiledSchema::schema);
    }

    private static boolean schemaMap(JsonNode node) {
        return node.isObject() && all(node, CompiledSchema::schema);
    }
}
