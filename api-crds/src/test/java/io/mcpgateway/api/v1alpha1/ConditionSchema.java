package io.mcpgateway.api.v1alpha1;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schema of a condition, with the limits that Kubernetes' own metav1.Condition has. */
final class ConditionSchema {
    private static final String REASON = "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$";
    private static final String TYPE = "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
            + "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$";

    private ConditionSchema() {}

    static JSONSchemaProps standard() {
        JSONSchemaProps since = text("Since when the status is what it is.");
        since.setFormat("date-time");
        JSONSchemaProps message = text("What happened, for people; may be empty.");
        message.setMaxLength(32768L);
        JSONSchemaProps reason = text("What happened, in one CamelCase word.");
        reason.setMinLength(1L);
        reason.setMaxLength(1024L);
        reason.setPattern(REASON);
        JSONSchemaProps status = text("Whether the condition holds.");
        status.setEnum(List.of(new TextNode("True"), new TextNode("False"), new TextNode("Unknown")));
        JSONSchemaProps type = text("Which condition this is.");
        type.setMaxLength(316L);
        type.setPattern(TYPE);

        JSONSchemaProps condition = new JSONSchemaProps();
        condition.setType("object");
        condition.setDescription("One aspect of the state of the object.");
        condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        condition.setProperties(new TreeMap<>(Map.of(
                "lastTransitionTime",
                since,
                "message",
                message,
                "observedGeneration",
                generation(),
                "reason",
                reason,
                "status",
                status,
                "type",
                type)));
        return condition;
    }

    private static JSONSchemaProps generation() {
        JSONSchemaProps generation = new JSONSchemaProps();
        generation.setType("integer");
        generation.setFormat("int64");
        generation.setMinimum(0.0);
        generation.setDescription("The generation of the object that this condition describes.");
        return generation;
    }

    private static JSONSchemaProps text(String description) {
        JSONSchemaProps schema = new JSONSchemaProps();
        schema.setType("string");
        schema.setDescription(description);
        return schema;
    }
}
