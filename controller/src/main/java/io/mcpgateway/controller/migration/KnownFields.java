package io.mcpgateway.controller.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fields of the API, from its classes, so a new one does not have to be added here. */
final class KnownFields {
    private KnownFields() {}

    /**
     * Removes what the class does not have.
     *
     * @param path the path of the object, for the result
     * @return the paths of what was removed
     */
    static List<String> prune(ObjectNode object, Class<?> type, String path) {
        Map<String, Class<?>> known = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            known.put(component.getName(), component.getType());
        }
        List<String> unknown = new ArrayList<>();
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            Class<?> field = known.get(name);
            if (field == null) {
                object.remove(name);
                unknown.add(path + "." + name);
            } else if (field.isRecord() && object.get(name) instanceof ObjectNode inner) {
                unknown.addAll(prune(inner, field, path + "." + name));
            }
        }
        return unknown;
    }

    /** A text field of an object that may be absent. */
    static String text(JsonNode object, String name) {
        return object.path(name).asText("");
    }
}
