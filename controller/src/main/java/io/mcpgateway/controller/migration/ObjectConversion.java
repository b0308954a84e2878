package io.mcpgateway.controller.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationSpec;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerSpec;
import io.mcpgateway.api.v1alpha1.McpApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One object of the Go project as one of ours, with what its owner should know. */
final class ObjectConversion {
    private static final String GO_GROUP = "mcp.kuadrant.io";
    private static final Set<String> GROUPS = Set.of(GO_GROUP, McpApi.GROUP);
    private static final Map<String, Class<?>> SPECS = Map.of(
            "MCPGatewayExtension", MCPGatewayExtensionSpec.class,
            "MCPServerRegistration", MCPServerRegistrationSpec.class,
            "MCPVirtualServer", MCPVirtualServerSpec.class);
    private static final List<String> SERVER_SIDE = List.of(
            "resourceVersion",
            "uid",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "managedFields",
            "finalizers",
            "ownerReferences",
            "selfLink");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String ACCEPTED_PREFIX = "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$";

    private ObjectConversion() {}

    /**
     * What became of an object.
     *
     * @param name kind, namespace and name
     * @param object ours, empty if there is nothing to convert
     * @param notes what got lost or has to be looked at
     */
    record Converted(String name, Optional<ObjectNode> object, List<String> notes) {}

    /** The given object does not change. */
    static Converted convert(ObjectNode given) {
        ObjectNode object = given.deepCopy();
        String kind = KnownFields.text(object, "kind");
        String group = KnownFields.text(object, "apiVersion").replaceFirst("/.*", "");
        if (kind.equals("ReferenceGrant")) {
            return grant(object);
        }
        Class<?> spec = SPECS.get(kind);
        if (spec == null || !GROUPS.contains(group)) {
            return new Converted(
                    name(object),
                    Optional.empty(),
                    List.of("left out: not an object of the MCP gateway; apply it unchanged"));
        }
        List<String> notes = new ArrayList<>();
        object.put("apiVersion", McpApi.GROUP + "/" + McpApi.VERSION);
        object.remove("status");
        cleanMetadata(object);
        if (kind.equals("MCPGatewayExtension")) {
            AlphaAnnotations.intoSpec(object, notes);
        }
        if (kind.equals("MCPServerRegistration")) {
            prefix(object, notes);
            authorization(object, notes);
        }
        for (String path : KnownFields.prune(object.withObject("/spec"), spec, "spec")) {
            notes.add(path + " left out: this gateway has no such field");
        }
        dropEmpty(object.withObject("/metadata"), "annotations");
        return new Converted(name(object), Optional.of(object), notes);
    }

    private static void prefix(ObjectNode object, List<String> notes) {
        ObjectNode spec = object.withObject("/spec");
        JsonNode renamed = spec.remove("prefix");
        if (renamed != null && !spec.has("toolPrefix")) {
            spec.set("toolPrefix", renamed);
        }
        String prefix = KnownFields.text(spec, "toolPrefix");
        if (!prefix.isEmpty() && !prefix.matches(ACCEPTED_PREFIX)) {
            notes.add("spec.toolPrefix will be refused: use at most 32 letters, digits, '_' and '-', and start with a"
                    + " letter or digit");
        }
    }

    /** The Go project sends the caller's token on to every server; who moves from there keeps that, knowingly. */
    private static void authorization(ObjectNode object, List<String> notes) {
        ObjectNode spec = object.withObject("/spec");
        if (!spec.has("upstreamAuthorization")) {
            spec.putObject("upstreamAuthorization").put("mode", "Forward");
            notes.add("spec.upstreamAuthorization.mode: Forward keeps the Go project's behavior: the server gets the"
                    + " caller's token. Remove it unless the server should get that token");
        }
    }

    /** Grants name the group of the kind that may refer to the Gateway. */
    private static Converted grant(ObjectNode object) {
        boolean ours = false;
        for (JsonNode from : object.path("spec").path("from")) {
            if (from instanceof ObjectNode source && GROUPS.contains(KnownFields.text(source, "group"))) {
                source.put("group", McpApi.GROUP);
                ours = true;
            }
        }
        if (!ours) {
            return new Converted(
                    name(object),
                    Optional.empty(),
                    List.of("left out: not a grant for the MCP gateway; apply it unchanged"));
        }
        object.remove("status");
        cleanMetadata(object);
        dropEmpty(object.withObject("/metadata"), "annotations");
        return new Converted(name(object), Optional.of(object), List.of());
    }

    private static void cleanMetadata(ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        metadata.remove(SERVER_SIDE);
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
        }
    }

    private static void dropEmpty(ObjectNode metadata, String name) {
        JsonNode value = metadata.get(name);
        if (value != null && value.isEmpty() && !(value instanceof ArrayNode)) {
            metadata.remove(name);
        }
    }

    private static String name(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        String namespace = KnownFields.text(metadata, "namespace");
        return KnownFields.text(object, "kind") + " " + (namespace.isEmpty() ? "" : namespace + "/")
                + KnownFields.text(metadata, "name");
    }
}
