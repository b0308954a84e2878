package io.mcpgateway.controller.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what we wish for into what is there.
 *
 * @param rules by path: member names with dots between them, {@code []} for the elements of a list
 */
record TreeMerge(Map<String, MergeRule> rules) {
    TreeMerge {
        rules = Map.copyOf(rules);
    }

    JsonNode merged(JsonNode live, JsonNode desired) {
        return merged("", live, desired);
    }

    private JsonNode merged(String path, JsonNode live, JsonNode desired) {
        if (live.isMissingNode() || live.isNull()) {
            return desired;
        }
        MergeRule natural = desired.isObject() ? MergeRule.MEMBERS : MergeRule.EXACT;
        return switch (rules.getOrDefault(path, natural)) {
            case MergeRule.Exact() -> desired;
            case MergeRule.AtLeast() -> contains(live, desired) ? live : desired;
            case MergeRule.Initially() -> live.isEmpty() && !live.isValueNode() ? desired : live;
            case MergeRule.Members() -> members(path, live, desired);
            case MergeRule.OnlyOurs(String key) -> onlyOurs(path, key, live, desired);
            case MergeRule.ByKey rule -> elements(path, rule, live, desired);
        };
    }

    private JsonNode members(String path, JsonNode live, JsonNode desired) {
        if (!live.isObject()) {
            return desired;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        live.properties().forEach(member -> merged.set(member.getKey(), member.getValue()));
        desired.properties().forEach(member -> {
            String memberPath = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            merged.set(member.getKey(), merged(memberPath, live.path(member.getKey()), member.getValue()));
        });
        return merged;
    }

    private JsonNode onlyOurs(String path, String key, JsonNode live, JsonNode desired) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode wish : desired) {
            JsonNode present = MissingNode.getInstance();
            for (JsonNode element : live) {
                if (element.path(key).equals(wish.path(key))) {
                    present = element;
                }
            }
            list.add(merged(path + "[]", present, wish));
        }
        return list;
    }

    private JsonNode elements(String path, MergeRule.ByKey rule, JsonNode live, JsonNode desired) {
        Map<String, JsonNode> ours = new LinkedHashMap<>();
        desired.forEach(element -> ours.put(element.path(rule.key()).asText(), element));
        List<JsonNode> merged = new ArrayList<>();
        for (JsonNode element : live) {
            JsonNode wish = ours.remove(element.path(rule.key()).asText());
            if (wish != null) {
                merged.add(merged(path + "[]", element, wish));
            } else if (rule.stays().test(element)) {
                merged.add(element);
            }
        }
        merged.addAll(ours.values());
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        return list.addAll(merged);
    }

    /** Whether every member and element of {@code wish} is in {@code live}; lists have the same length. */
    private static boolean contains(JsonNode live, JsonNode wish) {
        if (wish.isObject()) {
            return live.isObject()
                    && wish.properties().stream()
                            .allMatch(member -> contains(live.path(member.getKey()), member.getValue()));
        }
        if (wish.isArray()) {
            return live.isArray() && live.size() == wish.size() && containsEach(live, wish);
        }
        return wish.equals(live);
    }

    private static boolean containsEach(JsonNode live, JsonNode wish) {
        for (int index = 0; index < wish.size(); index++) {
            if (!contains(live.path(index), wish.path(index))) {
                return false;
            }
        }
        return true;
    }
}
