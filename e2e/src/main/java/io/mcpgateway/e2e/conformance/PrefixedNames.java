package io.mcpgateway.e2e.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Where names are in MCP messages, and how a prefix is added and removed. */
record PrefixedNames(String prefix) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NAMING = Set.of("tools/call", "prompts/get");
    private static final Set<String> LISTING = Set.of("tools/list", "prompts/list");

    /** A client's message with the prefix added to its name, if it has one. */
    String outgoing(String body) {
        JsonNode message = read(body);
        String method = message.path("method").asText();
        if (NAMING.contains(method)) {
            addPrefix(message.path("params"));
        } else if (method.equals("completion/complete")) {
            addPrefix(message.at("/params/ref"));
        } else {
            return body;
        }
        return message.toString();
    }

    /**
     * The header {@code Mcp-Name} of a client's message with the prefix added. A value that is not the name in the
     * message stays as it is: a scenario is about that.
     */
    String outgoingHeader(String value, String body) {
        JsonNode message = read(body);
        boolean names = NAMING.contains(message.path("method").asText())
                && message.at("/params/name").asText().equals(value);
        return names ? prefix + value : value;
    }

    /** Whether the response to this message contains names. */
    boolean isList(String body) {
        return LISTING.contains(read(body).path("method").asText());
    }

    /** The response to a list, as JSON or as events, without the prefix. */
    String incoming(String answer) {
        if (answer.stripLeading().startsWith("{")) {
            return withoutPrefix(answer);
        }
        return answer.lines()
                .map(line -> line.startsWith("data:") ? "data: " + withoutPrefix(line.substring(5)) : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String withoutPrefix(String text) {
        JsonNode message = read(text);
        for (String list : List.of("tools", "prompts")) {
            for (JsonNode entry : message.path("result").path(list)) {
                String name = entry.path("name").asText();
                if (name.startsWith(prefix) && entry instanceof ObjectNode object) {
                    object.put("name", name.substring(prefix.length()));
                }
            }
        }
        return message.isMissingNode() ? text : message.toString();
    }

    private void addPrefix(JsonNode holder) {
        if (holder instanceof ObjectNode object && object.path("name").isTextual()) {
            object.put("name", prefix + object.get("name").textValue());
        }
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
