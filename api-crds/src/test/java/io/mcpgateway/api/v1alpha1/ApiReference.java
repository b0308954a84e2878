package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** docs/api-reference.md, made of the CRDs' own descriptions and rules. */
final class ApiReference {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String HEAD = """
            # API reference

            <!-- Generated from io.mcpgateway.api.v1alpha1; do not edit, `make generate` writes it. -->

            Every field of the custom resources of group `mcp.kagenti.com`, version `v1alpha1`. `kubectl explain` shows the same.
            """;

    private ApiReference() {}

    static String markdown() throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        Map<String, JsonNode> byKind = new TreeMap<>();
        for (Map.Entry<Path, String> file : CrdFiles.generate().entrySet()) {
            JsonNode crd = YAML.readTree(file.getValue());
            if (crd.path("kind").asText().equals("CustomResourceDefinition")) {
                byKind.put(crd.at("/spec/names/kind").asText(), crd);
            }
        }
        byKind.forEach((kind, crd) -> kind(text, kind, crd));
        return text.toString();
    }

    private static void kind(StringBuilder text, String kind, JsonNode crd) {
        JsonNode names = crd.at("/spec/names");
        JsonNode version = crd.at("/spec/versions/0");
        JsonNode schema = version.at("/schema/openAPIV3Schema");
        StringJoiner shortNames = new StringJoiner("`, `", "`", "`");
        names.path("shortNames").forEach(name -> shortNames.add(name.asText()));
        StringJoiner columns = new StringJoiner(", ");
        version.path("additionalPrinterColumns")
                .forEach(column -> columns.add(column.path("name").asText().toUpperCase(Locale.ROOT)
                        + (column.path("priority").asInt() > 0 ? " (wide)" : "")));
        text.append("\n## ").append(kind).append("\n\n").append(plain(schema.path("description")));
        text.append("\n\nFull name: `")
                .append(crd.at("/metadata/name").asText())
                .append("`. Short names: ")
                .append(shortNames)
                .append(". Columns: ")
                .append(columns)
                .append(".\n");
        for (String part : List.of("spec", "status")) {
            JsonNode node = schema.path("properties").path(part);
            text.append("\n### ").append(kind).append(' ').append(part);
            text.append("\n\n| field | type | rules | meaning |\n|---|---|---|---|\n");
            fields(text, part, node);
        }
    }

    private static void fields(StringBuilder text, String path, JsonNode object) {
        List<String> required = new ArrayList<>();
        object.path("required").forEach(name -> required.add(name.asText()));
        object.path("properties").properties().forEach(field -> {
            String name = path + "." + field.getKey();
            JsonNode schema = field.getValue();
            boolean list = schema.path("type").asText().equals("array");
            JsonNode inner = list ? schema.path("items") : schema;
            String shown = list ? name + "[]" : name;
            text.append("| `").append(shown).append("` | ").append(type(schema)).append(" | ");
            text.append(rules(schema, required.contains(field.getKey()))).append(" | ");
            text.append(plain(schema.path("description"))).append(" |\n");
            fields(text, shown, inner);
        });
    }

    private static String type(JsonNode schema) {
        if (schema.path("type").asText().equals("array")) {
            return "list of " + schema.at("/items/type").asText();
        }
        return schema.path("type").asText();
    }

    private static String rules(JsonNode schema, boolean required) {
        StringJoiner rules = new StringJoiner("; ");
        if (required) {
            rules.add("required");
        }
        rule(rules, "default ", schema.path("default"));
        choices(rules, "", schema.path("enum"));
        choices(rules, "each ", schema.at("/items/enum"));
        rule(rules, "at least ", schema.path("minimum"));
        rule(rules, "at most ", schema.path("maximum"));
        rule(rules, "pattern ", schema.path("pattern"));
        rule(rules, "longest ", schema.path("maxLength"));
        rule(rules, "fewest ", schema.path("minItems"));
        rule(rules, "most ", schema.path("maxItems"));
        schema.path("x-kubernetes-validations").forEach(rule -> rules.add(plain(rule.path("message"))));
        return rules.toString();
    }

    private static void choices(StringJoiner rules, String words, JsonNode choices) {
        if (!choices.isMissingNode()) {
            StringJoiner values = new StringJoiner(" or ", words, "");
            choices.forEach(value -> values.add("`" + value.asText() + "`"));
            rules.add(values.toString());
        }
    }

    private static void rule(StringJoiner rules, String words, JsonNode value) {
        if (!value.isMissingNode()) {
            rules.add(words + "`" + value.asText().replace("|", "\\|") + "`");
        }
    }

    /** Text in a table's cell. */
    private static String plain(JsonNode text) {
        return text.asText("").replace("|", "\\|").replace("<", "&lt;").replaceAll("\\s+", " ");
    }
}
