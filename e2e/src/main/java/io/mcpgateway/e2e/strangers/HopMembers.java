package io.mcpgateway.e2e.strangers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What says something about one hop and its revision, and nothing about what the server said. SDKs write some of these
 * members themselves.
 */
final class HopMembers {
    /** Of results of 2026-07-28; {@code execution} only of tools of 2025-11-25. */
    private static final Set<String> OF_ONE_ERA = Set.of("resultType", "ttlMs", "cacheScope", "execution");

    private static final String RESERVED = "io.modelcontextprotocol/";
    private static final String META = "_meta";

    private HopMembers() {}

    /** The same without them; also without members that are null, and without {@code isError} if it is false. */
    static JsonNode removed(JsonNode node) {
        if (node.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> items.add(removed(item)));
            return items;
        }
        if (!node.isObject()) {
            return node.isIntegralNumber() || !node.isNumber() || node.doubleValue() != node.longValue()
                    ? node
                    : JsonNodeFactory.instance.numberNode(node.intValue());
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(member -> {
            JsonNode value = member.getKey().equals(META) ? ownMeta(member.getValue()) : removed(member.getValue());
            if (!says(member.getKey(), value)) {
                return;
            }
            kept.set(member.getKey(), value);
        });
        return kept;
    }

    private static boolean says(String member, JsonNode value) {
        return !OF_ONE_ERA.contains(member)
                && !value.isNull()
                && !(member.equals(META) && value.isEmpty())
                && !(member.equals("isError") && !value.asBoolean());
    }

    private static JsonNode ownMeta(JsonNode meta) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        meta.properties().forEach(member -> {
            if (!member.getKey().startsWith(RESERVED)) {
                kept.set(member.getKey(), member.getValue());
            }
        });
        return kept;
    }
}
