package io.mcpgateway.broker.mcp.extension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What several servers support as if they were one: every extension of any of them. Settings in which they differ cannot
 * be true of all of them, so only what all of them say alike is told. Pure.
 */
public final class MergedExtensions {
    /** Of all servers together. The largest are left out first, so no server can crowd out the others' small ones. */
    static final int MAX_BYTES = 65_536;

    private static final ObjectMapper TREES = new ObjectMapper();

    private MergedExtensions() {}

    /**
     * The extensions of all of them.
     *
     * @param declared by each server; of settings that differ only in how they are written, the first one's count
     */
    public static Extensions of(List<Extensions> declared) {
        Map<String, List<RawJson>> settings = new TreeMap<>();
        declared.forEach(each -> each.settings()
                .forEach((name, value) ->
                        settings.computeIfAbsent(name, _ -> new ArrayList<>()).add(value)));
        Map<String, RawJson> merged = new LinkedHashMap<>();
        settings.forEach((name, values) -> merged.put(name, agreed(values)));
        return within(merged);
    }

    private static Extensions within(Map<String, RawJson> merged) {
        Map<String, RawJson> kept = new LinkedHashMap<>();
        List<Map.Entry<String, RawJson>> smallestFirst = merged.entrySet().stream()
                .sorted(Comparator.comparingInt(MergedExtensions::size))
                .toList();
        int left = MAX_BYTES;
        for (Map.Entry<String, RawJson> entry : smallestFirst) {
            left -= size(entry);
            if (left >= 0) {
                kept.put(entry.getKey(), entry.getValue());
            }
        }
        return new Extensions(kept);
    }

    private static int size(Map.Entry<String, RawJson> entry) {
        return entry.getKey().length() + entry.getValue().length();
    }

    /** The first, without the members that another one does not have, or not with the same value. */
    private static RawJson agreed(List<RawJson> settings) {
        RawJson first = settings.getFirst();
        if (settings.stream().allMatch(first::equals)) {
            return first;
        }
        List<JsonNode> nodes = settings.stream().map(MergedExtensions::tree).toList();
        List<Splice> cuts = ObjectSpans.of(first).orElseThrow().edit(name -> !alike(nodes, name), List.of());
        return cuts.isEmpty() ? first : Splice.all(cuts, first);
    }

    private static boolean alike(List<JsonNode> nodes, String member) {
        JsonNode value = nodes.getFirst().path(member);
        return nodes.stream()
                .allMatch(node -> node.has(member) && node.path(member).equals(value));
    }

    private static JsonNode tree(RawJson json) {
        try {
            return TREES.readTree(json.toString());
        } catch (JsonProcessingException tooDeep) {
            return MissingNode.getInstance();
        }
    }
}
