package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.mcpgateway.api.wire.McpRevisions;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What fabric8's generator leaves out: category, order of columns, descriptions of the top levels, number formats,
 * list types, and the rules of conditions.
 */
final class CrdShape {
    private static final String CATEGORY = "mcp";

    private CrdShape() {}

    static void complete(CustomResourceDefinition crd, CrdClasses classes) {
        crd.getSpec().getNames().setCategories(List.of(CATEGORY));
        for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
            orderColumns(version.getAdditionalPrinterColumns(), classes.resource());
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            describeTop(root, classes);
            walk(root);
            onlyDefault(root, "targetRef", "group");
            onlyDefault(root, "targetRef", "kind");
            onlyKnownRevisions(property(root, "spec").getProperties().get("protocolVersions"));
        }
    }

    /** As declared on the class; fabric8 sorts them by JSON path. */
    private static void orderColumns(List<CustomResourceColumnDefinition> columns, Class<?> resource) {
        List<String> declared = Stream.of(resource.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        columns.sort(Comparator.comparingInt(column -> declared.indexOf(column.getName())));
        columns.stream()
                .filter(column -> Objects.equals(column.getPriority(), 0))
                .forEach(column -> column.setPriority(null));
    }

    private static void describeTop(JSONSchemaProps root, CrdClasses classes) {
        Map<String, JSONSchemaProps> properties = new TreeMap<>(root.getProperties());
        properties.put("apiVersion", text("Version of the schema of this object."));
        properties.put("kind", text("Name of the type of this object."));
        JSONSchemaProps metadata = new JSONSchemaProps();
        metadata.setType("object");
        properties.put("metadata", metadata);
        root.setProperties(properties);
        root.setDescription(description(classes.resource()));
        root.setRequired(List.of("spec"));
        property(root, "spec").setDescription(description(classes.spec()));
        property(root, "status").setDescription(description(classes.status()));
    }

    private static void walk(JSONSchemaProps schema) {
        // The generator sees a rule on a record component twice: on the field and on the accessor.
        schema.setXKubernetesValidations(List.copyOf(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        schema.getProperties()
                .replaceAll((name, property) ->
                        name.endsWith("Selector") ? SelectorSchema.standard(property.getDescription()) : property);
        schema.getProperties().forEach((name, property) -> {
            if (name.endsWith("Selector")) {
                return;
            }
            switch (property.getType()) {
                case "integer" -> property.setFormat(name.equals("observedGeneration") ? "int64" : "int32");
                case "array" -> listType(name, property);
                default -> walk(property);
            }
        });
    }

    private static void listType(String name, JSONSchemaProps list) {
        if (name.equals("conditions")) {
            list.setXKubernetesListType("map");
            list.setXKubernetesListMapKeys(List.of("type"));
            list.getItems().setSchema(ConditionSchema.standard());
            return;
        }
        list.setXKubernetesListType("atomic");
        walk(list.getItems().getSchema());
    }

    /** A reference whose group or kind may be written, but only as what it is anyway. */
    private static void onlyDefault(JSONSchemaProps root, String reference, String member) {
        JSONSchemaProps target = property(root, "spec").getProperties().get(reference);
        if (target != null) {
            JsonNode only = property(target, member).getDefault();
            property(target, member).setEnum(List.of(only));
        }
    }

    /**
     * Not an enum in Java: an object may outlive the controller that knew its newest revision, and has to stay readable.
     */
    private static void onlyKnownRevisions(@Nullable JSONSchemaProps list) {
        if (list != null) {
            list.getItems()
                    .getSchema()
                    .setEnum(McpRevisions.ALL.stream()
                            .<JsonNode>map(TextNode::valueOf)
                            .toList());
        }
    }

    private static JSONSchemaProps property(JSONSchemaProps schema, String name) {
        return Objects.requireNonNull(schema.getProperties().get(name), name);
    }

    private static JSONSchemaProps text(String description) {
        JSONSchemaProps schema = new JSONSchemaProps();
        schema.setType("string");
        schema.setDescription(description);
        return schema;
    }

    private static String description(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(JsonClassDescription.class), type.getName())
                .value();
    }
}
