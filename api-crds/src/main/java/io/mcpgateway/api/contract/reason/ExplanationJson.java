package io.mcpgateway.api.contract.reason;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The document of {@code /status/why}. Members may be added; unknown ones are ignored. */
public final class ExplanationJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ExplanationJson() {}

    public static ObjectNode tree(Explanation explanation) {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", explanation.name()).put("served", explanation.isServed());
        ArrayNode cases = root.putArray("cases");
        explanation.cases().forEach(one -> put(one, cases.addObject()));
        return root;
    }

    private static void put(Explanation.Case one, ObjectNode node) {
        node.put("kind", one.kind()).put("name", one.name()).put("served", one.served());
        if (!one.server().isEmpty()) {
            node.put("server", one.server());
        }
        if (!one.paths().isEmpty()) {
            one.paths().forEach(node.putArray("paths")::add);
        }
        one.code()
                .ifPresent(code ->
                        node.putObject("reason").put("code", code.word()).put("object", one.object()));
        node.put("message", one.message());
    }

    /** Empty if it is not such a document. */
    public static Optional<Explanation> parse(byte[] document) {
        try {
            JsonNode root = JSON.readTree(document);
            if (root == null || !root.path("cases").isArray()) {
                return Optional.empty();
            }
            List<Explanation.Case> cases = new ArrayList<>();
            root.path("cases").forEach(node -> cases.add(read(node)));
            return Optional.of(new Explanation(root.path("name").asText(), cases));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static Explanation.Case read(JsonNode node) {
        List<String> paths = new ArrayList<>();
        node.path("paths").forEach(path -> paths.add(path.asText()));
        return new Explanation.Case(
                node.path("kind").asText(),
                node.path("name").asText(),
                node.path("served").asBoolean(),
                node.path("server").asText(),
                paths,
                ReasonCode.parse(node.path("reason").path("code").asText()),
                node.path("reason").path("object").asText(),
                node.path("message").asText());
    }
}
