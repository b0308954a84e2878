package io.mcpgateway.e2e.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Kubernetes objects by kind, namespace and name. */
record Manifests(Map<String, ObjectNode> objects) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** The chart, rendered for release mcp-gateway in mcp-system, including its CRDs. */
    static Manifests ofChart(String... flags) {
        String[] arguments = new String[flags.length + 6];
        System.arraycopy(
                new String[] {
                    "template", "mcp-gateway", "charts/mcp-gateway", "--namespace=mcp-system", "--include-crds"
                },
                0,
                arguments,
                0,
                5);
        arguments[5] = "--dry-run=client";
        System.arraycopy(flags, 0, arguments, 6, flags.length);
        return parse(Program.helm().output(arguments));
    }

    static Manifests ofKustomization(String folder) {
        return parse(Program.kubectl().output("kustomize", folder));
    }

    static Manifests parse(String text) {
        Map<String, ObjectNode> objects = new TreeMap<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (documents.hasNext()) {
                if (documents.next() instanceof ObjectNode object && objects.put(key(object), object) != null) {
                    throw new AssertionError("twice: " + key(object));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Manifests(objects);
    }

    /** The object with this name, which must exist. */
    ObjectNode get(String name) {
        return Objects.requireNonNull(objects.get(name), () -> name + " is not in " + objects.keySet());
    }

    private static String key(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = metadata.path("namespace").asText();
        return object.path("kind").asText() + " " + (namespace.isEmpty() ? "" : namespace + "/")
                + metadata.path("name").asText();
    }
}
