package io.mcpgateway.api.contract.reason;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The document of {@code /status/route}. Members may be added; unknown ones are ignored. */
public final class RoutedCallJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RoutedCallJson() {}

    public static ObjectNode tree(RoutedCall call) {
        ObjectNode root = JSON.createObjectNode().put("decision", call.decision());
        put(root, "server", call.server());
        put(root, "ownName", call.ownName());
        put(root, "url", call.url());
        put(root, "host", call.host());
        put(root, "serverVersion", call.serverVersion());
        if (!call.serverVersions().isEmpty()) {
            call.serverVersions().forEach(root.putArray("serverVersions")::add);
        }
        if (!call.headers().isEmpty()) {
            call.headers().forEach(root.putObject("headers")::put);
        }
        call.answer()
                .ifPresent(answer ->
                        root.putObject("answer").put("status", answer.status()).put("body", answer.body()));
        return root.put("micros", call.micros());
    }

    private static void put(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }

    /** Empty if it is not such a document. */
    public static Optional<RoutedCall> parse(byte[] document) {
        try {
            JsonNode root = JSON.readTree(document);
            return root == null || !root.path("decision").isTextual() ? Optional.empty() : Optional.of(read(root));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static RoutedCall read(JsonNode root) {
        List<String> versions = new ArrayList<>();
        root.path("serverVersions").forEach(version -> versions.add(version.asText()));
        Map<String, String> headers = new TreeMap<>();
        root.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        JsonNode answer = root.path("answer");
        return new RoutedCall(
                root.path("decision").asText(),
                root.path("server").asText(),
                root.path("ownName").asText(),
                root.path("url").asText(),
                root.path("host").asText(),
                root.path("serverVersion").asText(),
                versions,
                headers,
                answer.isObject()
                        ? Optional.of(new RoutedCall.Answer(
                                answer.path("status").asInt(),
                                answer.path("body").asText()))
                        : Optional.empty(),
                root.path("micros").asLong());
    }
}
