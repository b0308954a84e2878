package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.ServerStatus.DefinitionStatus;
import io.mcpgateway.api.contract.ServerStatus.DefinitionsStatus;
import java.util.ArrayList;
import java.util.List;

/** Odd definitions in {@code /status}: absent where there are none. */
final class DefinitionsJson {
    private DefinitionsJson() {}

    static void put(DefinitionsStatus definitions, ObjectNode node) {
        put(node, "invalidDefinitionList", "errors", definitions.leftOut());
        put(node, "mendedDefinitionList", "changes", definitions.mended());
        put(node, "doubtfulNameList", "warnings", definitions.doubtful());
        if (definitions.totalLeftOut() > 0) {
            node.put("totalInvalid", definitions.totalLeftOut());
        }
        if (definitions.totalDoubtful() > 0) {
            node.put("totalDoubtfulNames", definitions.totalDoubtful());
        }
        if (definitions.totalMended() > 0) {
            node.put("totalMended", definitions.totalMended());
        }
    }

    static void put(ObjectNode node, String list, String notes, List<DefinitionStatus> definitions) {
        if (definitions.isEmpty()) {
            return;
        }
        ArrayNode array = node.putArray(list);
        definitions.forEach(definition -> {
            ObjectNode told = array.addObject().put("kind", definition.kind()).put("name", definition.name());
            definition.notes().forEach(told.putArray(notes)::add);
        });
    }

    static DefinitionsStatus read(JsonNode node, int invalidTools) {
        List<DefinitionStatus> leftOut = read(node, "invalidDefinitionList", "errors");
        List<DefinitionStatus> mended = read(node, "mendedDefinitionList", "changes");
        List<DefinitionStatus> doubtful = read(node, "doubtfulNameList", "warnings");
        return new DefinitionsStatus(
                node.path("totalInvalid").asInt(invalidTools + leftOut.size()),
                leftOut,
                node.path("totalMended").asInt(mended.size()),
                mended,
                node.path("totalDoubtfulNames").asInt(doubtful.size()),
                doubtful);
    }

    static List<DefinitionStatus> read(JsonNode node, String list, String notes) {
        List<DefinitionStatus> read = new ArrayList<>();
        for (JsonNode definition : node.path(list)) {
            read.add(new DefinitionStatus(
                    definition.path("kind").asText(),
                    definition.path("name").asText(),
                    StatusJson.texts(definition.path(notes))));
        }
        return read;
    }
}
