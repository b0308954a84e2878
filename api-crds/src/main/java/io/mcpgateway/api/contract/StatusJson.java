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
        if (!report.unmatched().isEmpty()) {
            report.unmatched().forEach(root.putArray("unmatched")::add);
        }
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
            root.path("servers").forEach(node -> servers.add(server(node)));
            List<VirtualServerStatus> virtualServers = new ArrayList<>();
            root.path("virtualServers").forEach(node -> virtualServers.add(virtualServer(node)));
            return new Result.Parsed(new StatusReport(
                    root.path("revision").asLong(0),
                    root.path("configHash").asText(""),
                    servers,
                    virtualServers,
                    instant(root, "timestamp").orElse(Instant.EPOCH),
                    text(root, "gatewayProblem"),
                    texts(root.path("unmatched"))));
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
            server.protocolVersions().forEach(node.putArray("protocolVersions")::add);
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
            server.invalidTools()
                    .forEach(tool -> tool.errors()
                            .forEach(
                                    invalid.addObject().put("name", tool.name()).putArray("errors")::add));
        }
        DefinitionsJson.put(server.definitions(), node);
        server.credentialRefusedSince().ifPresent(since -> node.put("credentialRefusedSince", since.toString()));
        server.pinning().ifPresent(pinning -> PinningJson.put(pinning, node));
        if (server.connecting()) {
            node.put("connecting", true);
        }
        ReasonsJson.put(server.reasons(), node);
        node.put("state", server.enabled() ? ENABLED : DISABLED);
        return node;
    }

    private static ObjectNode tree(VirtualServerStatus virtualServer) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", virtualServer.name());
        if (!virtualServer.digest().isEmpty()) {
            node.put("digest", virtualServer.digest());
        }
        node.put("tools", virtualServer.shown().tools());
        node.put("prompts", virtualServer.shown().prompts());
        node.put("resources", virtualServer.shown().resources());
        node.put("resourceTemplates", virtualServer.shown().resourceTemplates());
        virtualServer.unknownTools().forEach(node.putArray("unknownTools")::add);
        if (!virtualServer.unmatched().isEmpty()) {
            virtualServer.unmatched().forEach(node.putArray("unmatched")::add);
        }
        putNames(node, "nameClashList", "notes", "totalNameClashes", virtualServer.clashes());
        putNames(node, "doubtfulNameList", "warnings", "totalDoubtfulNames", virtualServer.refused());
        ReasonsJson.put(virtualServer.reasons(), node);
        return node;
    }

    private static void putNames(
            ObjectNode node, String list, String notes, String total, VirtualServerStatus.Names names) {
        DefinitionsJson.put(node, list, notes, names.first());
        if (names.total() > 0) {
            node.put(total, names.total());
        }
    }

    private static VirtualServerStatus.Names names(JsonNode node, String list, String notes, String total) {
        List<ServerStatus.DefinitionStatus> first = DefinitionsJson.read(node, list, notes);
        return new VirtualServerStatus.Names(node.path(total).asInt(first.size()), first);
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static VirtualServerStatus virtualServer(JsonNode node) {
        return new VirtualServerStatus(
                node.path("name").asText(),
                node.path("digest").asText(""),
                new ServerStatus.Totals(
                        node.path("tools").asInt(0),
                        node.path("prompts").asInt(0),
                        node.path("resources").asInt(0),
                        node.path("resourceTemplates").asInt(0)),
                texts(node.path("unknownTools")),
                texts(node.path("unmatched")),
                names(node, "nameClashList", "notes", "totalNameClashes"),
                names(node, "doubtfulNameList", "warnings", "totalDoubtfulNames"));
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
            invalid.add(new ServerStatus.InvalidToolStatus(tool.path("name").asText(), texts(tool.path("errors"))));
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
                DefinitionsJson.read(node, invalid.size()),
                instant(node, "credentialRefusedSince"),
                PinningJson.read(node),
                ReasonsJson.failure(node),
                node.path("connecting").asBoolean(false));
    }

    /** Brokers of earlier versions only say what they speak themselves. */
    private static List<String> protocolVersions(JsonNode node) {
        if (!node.path("protocolVersions").isArray()) {
            return text(node, "protocolVersion").stream().toList();
        }
        return texts(node.path("protocolVersions"));
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
