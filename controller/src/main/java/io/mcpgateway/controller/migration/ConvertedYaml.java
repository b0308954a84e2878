package io.mcpgateway.controller.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpgateway.controller.migration.ObjectConversion.Converted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Documents and Lists in, documents out, each with its notes as comments above it. */
record ConvertedYaml(String text, int objects, int notes) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    /**
     * Converts every object of the text.
     *
     * @throws IOException if the text is not YAML
     */
    static ConvertedYaml of(String text) throws IOException {
        List<Converted> all = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                collect(documents.nextValue(), all);
            }
        }
        StringBuilder printed = new StringBuilder();
        int objects = 0;
        int notes = 0;
        for (Converted one : all) {
            printed.append("---\n# ").append(one.name()).append('\n');
            one.notes().forEach(note -> printed.append("# ! ").append(note).append('\n'));
            if (one.object().isPresent()) {
                objects++;
                printed.append(print(one.object().get()));
            }
            notes += one.notes().size();
        }
        return new ConvertedYaml(printed.toString(), objects, notes);
    }

    private static void collect(JsonNode document, List<Converted> into) {
        if (document.path("items").isArray() && document.path("kind").asText().endsWith("List")) {
            document.path("items").forEach(item -> collect(item, into));
        } else if (document instanceof ObjectNode object && !object.isEmpty()) {
            into.add(ObjectConversion.convert(object));
        }
    }

    private static String print(ObjectNode object) throws JsonProcessingException {
        return YAML.writeValueAsString(object);
    }
}
