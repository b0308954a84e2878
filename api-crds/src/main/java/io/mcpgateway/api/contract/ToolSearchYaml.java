package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.selection.ToolSearch;
import java.util.List;
import java.util.Optional;

/** {@code toolSearch} and {@code pinnedTools}, of the document and of virtual servers. */
final class ToolSearchYaml {
    static final String MODE = "toolSearch";
    static final String PINNED = "pinnedTools";

    private ToolSearchYaml() {}

    /**
     * Reads both members.
     *
     * @param where the start of each message; empty for the document itself
     * @param strict whether an empty name is an error
     * @param problems gets what is wrong
     */
    static ToolSearch read(JsonNode entry, String where, boolean strict, List<String> problems) {
        String word = entry.path(MODE).asText("");
        Optional<ToolSearch.Mode> mode = ToolSearch.Mode.parse(word);
        if (mode.isEmpty() && !word.isEmpty() && !entry.path(MODE).isNull()) {
            problems.add(where + MODE + ": must be On or Off, not " + ConfigLists.shown(entry.path(MODE)));
        }
        return new ToolSearch(
                mode, ConfigLists.texts(entry.path(PINNED), where + PINNED, "the name of a tool", strict, problems));
    }

    static void print(ToolSearch search, ObjectNode node) {
        search.mode().ifPresent(mode -> node.put(MODE, mode.word()));
        if (!search.pinnedTools().isEmpty()) {
            ArrayNode pinned = node.putArray(PINNED);
            search.pinnedTools().forEach(pinned::add);
        }
    }
}
