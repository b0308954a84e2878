package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrArray;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Kubernetes' own label selector, with the rules of its fields. */
final class SelectorSchema {
    private SelectorSchema() {}

    static JSONSchemaProps standard(String description) {
        JSONSchemaProps labels = object("Labels that all have to be there with these values.");
        labels.setAdditionalProperties(new JSONSchemaPropsOrBool(null, text(null)));

        JSONSchemaProps operator = text("How the label compares with the values.");
        operator.setEnum(List.of("In", "NotIn", "Exists", "DoesNotExist").stream()
                .map(word -> (JsonNode) TextNode.valueOf(word))
                .toList());
        JSONSchemaProps expression = object("A requirement for one label.");
        expression.setRequired(List.of("key", "operator"));
        expression.setProperties(new TreeMap<>(Map.of(
                "key", text("Name of the label."),
                "operator", operator,
                "values", list("Values, for In and NotIn.", text(null)))));

        JSONSchemaProps selector = object(description);
        selector.setProperties(new TreeMap<>(Map.of(
                "matchLabels", labels, "matchExpressions", list("Requirements that all have to hold.", expression))));
        return selector;
    }

    private static JSONSchemaProps object(String description) {
        JSONSchemaProps schema = new JSONSchemaProps();
        schema.setType("object");
        schema.setDescription(description);
        return schema;
    }

    private static JSONSchemaProps list(String description, JSONSchemaProps items) {
        JSONSchemaProps schema = new JSONSchemaProps();
        schema.setType("array");
        schema.setDescription(description);
        schema.setXKubernetesListType("atomic");
        schema.setItems(new JSONSchemaPropsOrArray(List.of(), items));
        return schema;
    }

    private static JSONSchemaProps text(@Nullable String description) {
        JSONSchemaProps schema = new JSONSchemaProps();
        schema.setType("string");
        schema.setDescription(description);
        return schema;
    }
}
