package io.mcpgateway.e2e.guide;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A state of the system in which commands run.
 *
 * @param about what is wrong in it, empty for the healthy system
 * @param begin lines that bring it about
 * @param end lines that undo it and wait until all is well again
 * @param variables placeholders that stand for something else in it
 */
record Scene(String name, String about, String begin, String end, Map<String, String> variables) {
    static Scene of(JsonNode node) {
        Map<String, String> variables = new HashMap<>();
        node.path("variables")
                .properties()
                .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
        return new Scene(
                node.path("name").asText(),
                node.path("about").asText(),
                node.path("begin").asText(""),
                node.path("end").asText(""),
                Map.copyOf(variables));
    }
}
