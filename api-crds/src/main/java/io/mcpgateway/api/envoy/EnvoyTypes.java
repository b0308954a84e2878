package io.mcpgateway.api.envoy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Small building blocks of Envoy configuration trees. */
public final class EnvoyTypes {
    private EnvoyTypes() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A message that is packed into a {@code google.protobuf.Any}: {@code {"@type": ".../<typeName>"}}. */
    public static ObjectNode typed(String typeName) {
        return object().put("@type", "type.googleapis.com/" + typeName);
    }

    /** {@code {"name": .., "typed_config": ..}}, as Envoy's API names extensions everywhere. */
    public static ObjectNode extension(String name, ObjectNode typedConfig) {
        ObjectNode extension = object().put("name", name);
        extension.set("typed_config", typedConfig);
        return extension;
    }
}
