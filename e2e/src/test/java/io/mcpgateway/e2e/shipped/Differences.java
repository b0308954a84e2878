package io.mcpgateway.e2e.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where two sets of objects differ, as paths: {@code Deployment ns/name spec.containers[controller].args}. */
final class Differences {
    private final Set<String> found = new TreeSet<>();

    private Differences() {}

    /** Objects that only one of them has are listed by name, without a path. */
    static Set<String> between(Map<String, ObjectNode> one, Map<String, ObjectNode> other) {
        Differences differences = new Differences();
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            ObjectNode left = one.get(name);
            ObjectNode right = other.get(name);
            if (left == null || right == null) {
                differences.found.add(name);
            } else {
                differences.compare(name + " ", left, right);
            }
        }
        return differences.found;
    }

    private void compare(String path, JsonNode one, JsonNode other) {
        if (one.equals(other)) {
            return;
        }
        Map<String, JsonNode> left = members(one);
        Map<String, JsonNode> right = members(other);
        if (left.isEmpty() || right.isEmpty()) {
            found.add(path.replaceFirst("\\.$", ""));
            return;
        }
        Set<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        for (String name : names) {
            String inner = name.startsWith("[") ? path.replaceFirst("\\.$", "") + name : path + name;
            if (left.containsKey(name) && right.containsKey(name)) {
                compare(inner + ".", left.get(name), right.get(name));
            } else {
                found.add(inner);
            }
        }
    }

    /** Members of an object, or of a list whose elements have names; empty if the value is compared as a whole. */
    private static Map<String, JsonNode> members(JsonNode node) {
        Map<String, JsonNode> members = new TreeMap<>();
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> members.put(entry.getKey(), entry.getValue()));
        } else if (node.isArray()) {
            for (JsonNode element : node) {
                if (!element.has("name")) {
                    return Map.of();
                }
                members.put("[" + element.get("name").asText() + "]", element);
            }
        }
        return members;
    }
}
