package io.mcpgateway.api.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads and prints the {@code /status} document. It is printed in a fixed order, without absent parts. When it is read,
 * unknown members are ignored, so either side may be newer, and the sums are computed again.
 */
public final class StatusJson {
    /** The result of {@link #parse}. */
    public sealed interface Result {
        record Parsed(StatusReport report) implements Result {
            public Parsed {
                Objects.requireNonNull(report, "report");
            }
        }

        /** Not a status document; the reason is for a log or a condition message. */
        record Refused(String reason) implements Result {
            public Refused {
                Objects.requireNonNull(reason, "reason");
            }
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENABLED = "Enabled";
    private static final String DISABLED = "Disabled";

    private StatusJson() {}

    /** One line of UTF-8 JSON. */
    public static byte[] print(StatusReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("revision", report.revision());
        root.put("configHash", report.configHash());
        ArrayNode servers = root.putArray("servers");
        report.servers().forEach(server -> servers.add(tree(server)));
        if (!report.virtualServers().isEmpty()) {
            ArrayNode virtualServers = root.putArray("virtualServers");
            report.virtualServers().forEach(virtualServer -> virtualServers.add(tree(virtualServer)));
        }
        root.put("overallValid", report.overallValid());
        root.put("totalServers", report.totalServers());
        root.put("healthyServers", report.healthyServers());
        root.put("unHealthyServers", report.unhealthyServers());
        root.put("toolConflicts", report.toolConflicts());
        report.gatewayProblem().ifPresent(problem -> root.put("gatewayProblem", problem));
        root.put("timestamp", report.timestamp().toString());
        return bytes(root);
    }

    /** One server, as in the response to {@code /status/<namespace>/<name>}. */
    public static byte[] print(ServerStatus server) {
        return bytes(tree(server));
    }

    /** Never throws. */
    public static Result parse(byte[] document) {
        try {
            JsonNode root = JSON.readTree(document);
            if (root == null || !root.path("servers").isArray()) {
                return new Result.Refused("not a status document: expected an object with an array 'servers'");
            }
            List<ServerStatus> servers = new ArrayList<>();
            for (JsonNode server : root.path("servers")) {
                servers.add(server(server));
            }
            List<VirtualServerStatus> virtualServers = new ArrayList<>();
            for (JsonNode virtualServer : root.path("virtualServers")) {
                virtualServers.add(virtualServer(virtualServer));
            }
            Instant timestamp = instant(root, "timestamp").orElse(Instant.EPOCH);
            return new Result.Parsed(new StatusReport(
                    root.path("revision").asLong(0),
                    root.path("configHash").asText(""),
                    servers,
                    virtualServers,
                    timestamp,
                    text(root, "gatewayProblem")));
        } catch (IOException problem) {
            return new Result.Refused("not a status document: not JSON");
        } catch (IllegalArgumentException | DateTimeException problem) {
            return new Result.Refused("not a status document: " + problem.getMessage());
        }
    }

    private static ObjectNode tree(ServerStatus server) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", server.id());
        node.put("name", server.name().value());
        server.lastValidated().ifPresent(instant -> node.put("lastValidated", instant.toString()));
        node.put("message", server.message());
        node.put("ready", server.ready());
        node.put("totalTools", server.totals().tools());
        server.protocolVersion().ifPresent(version -> node.put("protocolVersion", version));
        if (!server.protocolVersions().isEmpty()) {
            ArrayNode versions = node.putArray("protocolVersions");
            server.protocolVersions().forEach(versions::add);
        }
        node.put("totalPrompts", server.totals().prompts());
        node.put("totalResources", server.totals().resources());
        node.put("totalResourceTemplates", server.totals().resourceTemplates());
        if (!server.conflicts().isEmpty()) {
            ArrayNode conflicts = node.putArray("conflicts");
            server.conflicts()
                    .forEach(conflict -> conflicts
                            .addObject()
                            .put("kind", conflict.kind())
                            .put("name", conflict.name())
                            .put("keptBy", conflict.keptBy().value()));
        }
        if (!server.invalidTools().isEmpty()) {
            ArrayNode invalid = node.putArray("invalidToolList");
            server.invalidTools().forEach(tool -> {
                ArrayNode errors = invalid.addObject().put("name", tool.name()).putArray("errors");
                tool.errors().forEach(errors::add);
            });
        }
        putDefinitions(node, server.definitions());
        server.credentialRefusedSince().ifPresent(since -> node.put("credentialRefusedSince", since.toString()));
        if (server.connecting()) {
            node.put("connecting", true);
        }
        node.put("state", server.enabled() ? ENABLED : DISABLED);
        return node;
    }

    private static void putDefinitions(ObjectNode node, ServerStatus.DefinitionsStatus definitions) {
        putDefinitions(node, "invalidDefinitionList", "errors", definitions.leftOut());
        putDefinitions(node, "mendedDefinitionList", "changes", definitions.mended());
        putDefinitions(node, "doubtfulNameList", "warnings", definitions.doubtful());
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

    private static void putDefinitions(
            ObjectNode node, String list, String notes, List<ServerStatus.DefinitionStatus> definitions) {
        if (definitions.isEmpty()) {
            return;
        }
        ArrayNode array = node.putArray(list);
        definitions.forEach(definition -> {
            ArrayNode texts = array.addObject()
                    .put("kind", definition.kind())
                    .put("name", definition.name())
                    .putArray(notes);
            definition.notes().forEach(texts::add);
        });
    }

    private static ServerStatus.DefinitionsStatus definitions(JsonNode node, int invalidTools) {
        List<ServerStatus.DefinitionStatus> leftOut = definitions(node, "invalidDefinitionList", "errors");
        List<ServerStatus.DefinitionStatus> mended = definitions(node, "mendedDefinitionList", "changes");
        List<ServerStatus.DefinitionStatus> doubtful = definitions(node, "doubtfulNameList", "warnings");
        return new ServerStatus.DefinitionsStatus(
                node.path("totalInvalid").asInt(invalidTools + leftOut.size()),
                leftOut,
                node.path("totalMended").asInt(mended.size()),
                mended,
                node.path("totalDoubtfulNames").asInt(doubtful.size()),
                doubtful);
    }

    private static List<ServerStatus.DefinitionStatus> definitions(JsonNode node, String list, String notes) {
        List<ServerStatus.DefinitionStatus> read = new ArrayList<>();
        for (JsonNode definition : node.path(list)) {
            List<String> texts = new ArrayList<>();
            definition.path(notes).forEach(text -> texts.add(text.asText()));
            read.add(new ServerStatus.DefinitionStatus(
                    definition.path("kind").asText(), definition.path("name").asText(), texts));
        }
        return read;
    }

    private static ObjectNode tree(VirtualServerStatus virtualServer) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", virtualServer.name());
        node.put("tools", virtualServer.tools());
        ArrayNode unknown = node.putArray("unknownTools");
        virtualServer.unknownTools().forEach(unknown::add);
        return node;
    }

    private static VirtualServerStatus virtualServer(JsonNode node) {
        List<String> unknown = new ArrayList<>();
        node.path("unknownTools").forEach(tool -> unknown.add(tool.asText()));
        return new VirtualServerStatus(
                node.path("name").asText(), node.path("tools").asInt(0), unknown);
    }

    private static ServerStatus server(JsonNode node) {
        List<ServerStatus.NameConflict> conflicts = new ArrayList<>();
        for (JsonNode conflict : node.path("conflicts")) {
            conflicts.add(new ServerStatus.NameConflict(
                    conflict.path("kind").asText(ServerStatus.NameConflict.TOOL),
                    conflict.path("name").asText(),
                    new ServerName(conflict.path("keptBy").asText())));
        }
        List<ServerStatus.InvalidToolStatus> invalid = new ArrayList<>();
        for (JsonNode tool : node.path("invalidToolList")) {
            List<String> errors = new ArrayList<>();
            tool.path("errors").forEach(error -> errors.add(error.asText()));
            invalid.add(new ServerStatus.InvalidToolStatus(tool.path("name").asText(), errors));
        }
        return new ServerStatus(
                node.path("id").asText(),
                new ServerName(node.path("name").asText()),
                DISABLED.equals(node.path("state").asText(ENABLED))
                        ? McpServer.State.DISABLED
                        : McpServer.State.ENABLED,
                node.path("ready").asBoolean(false),
                node.path("message").asText(),
                instant(node, "lastValidated"),
                text(node, "protocolVersion"),
                protocolVersions(node),
                new ServerStatus.Totals(
                        node.path("totalTools").asInt(0),
                        node.path("totalPrompts").asInt(0),
                        node.path("totalResources").asInt(0),
                        node.path("totalResourceTemplates").asInt(0)),
                conflicts,
                invalid,
                definitions(node, invalid.size()),
                instant(node, "credentialRefusedSince"),
                node.path("connecting").asBoolean(false));
    }

    /** Brokers of earlier versions only say what they speak themselves. */
    private static List<String> protocolVersions(JsonNode node) {
        if (!node.path("protocolVersions").isArray()) {
            return text(node, "protocolVersion").stream().toList();
        }
        List<String> versions = new ArrayList<>();
        node.path("protocolVersions").forEach(version -> versions.add(version.asText()));
        return versions;
    }

    private static Optional<String> text(JsonNode node, String member) {
        return node.path(member).isTextual() ? Optional.of(node.path(member).textValue()) : Optional.empty();
    }

    private static Optional<Instant> instant(JsonNode node, String member) {
        return text(node, member).map(Instant::parse);
    }

    private static byte[] bytes(ObjectNode tree) {
        try {
            return JSON.writeValueAsString(tree).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values could not be printed", impossible);
        }
    }
}
