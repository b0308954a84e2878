package io.mcpgateway.e2e.guide;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A state of the system in which commands run.
 *
 * @param about what is broken; empty for the healthy system
 * @param begin lines that cause it
 * @param end lines that undo it and wait until the system is healthy again
 * @param variables placeholders with another value in this scene
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
