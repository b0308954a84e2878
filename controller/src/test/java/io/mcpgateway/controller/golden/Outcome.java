package io.mcpgateway.controller.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusJson;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.VirtualServerStatus;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionStatus;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerStatus;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningStatus;
import io.mcpgateway.api.v1alpha1.reason.ReasonStatus;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.desired.RenderedConfig;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.extension.ExtensionReadiness;
import io.mcpgateway.controller.extension.ExtensionStatus;
import io.mcpgateway.controller.extension.WriteRefusal;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.RegistrationEvents;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.registration.RegistrationStatus;
import io.mcpgateway.controller.testing.ObjectYaml;
import io.mcpgateway.controller.translation.TranslatedExtension;
import io.mcpgateway.controller.translation.Translation;
import io.mcpgateway.controller.virtualserver.VirtualServerEvents;
import io.mcpgateway.controller.virtualserver.VirtualServerPlan;
import io.mcpgateway.controller.virtualserver.VirtualServerReadiness;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Plans, configuration and statuses of a {@link World}, as the tree that golden files hold. */
final class Outcome {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final World world;
    private final Translation translation;
    private final List<BrokerFleet> fleets = new ArrayList<>();

    Outcome(World world, Translation translation) {
        this.world = world;
        this.translation = translation;
    }

    JsonNode tree() {
        ObjectNode root = ObjectYaml.MAPPER.createObjectNode();
        ObjectNode extensions = root.putObject("extensions");
        world.extensions().forEach(extension -> fleets.add(fleet(extension)));
        for (MCPGatewayExtension extension : world.extensions()) {
            extension(extensions.putObject(ObjectKey.of(extension).toString()), extension);
        }
        ObjectNode registrations = root.putObject("registrations");
        for (MCPServerRegistration registration : world.registrations()) {
            registration(registrations.putObject(ObjectKey.of(registration).toString()), registration);
        }
        ObjectNode virtualServers = root.putObject("virtualServers");
        for (MCPVirtualServer virtualServer : world.virtualServers()) {
            virtualServer(virtualServers.putObject(ObjectKey.of(virtualServer).toString()), virtualServer);
        }
        return root;
    }

    private void extension(ObjectNode node, MCPGatewayExtension extension) {
        ObjectKey key = ObjectKey.of(extension);
        TranslatedExtension translated = translation.extension(key);
        List<ObjectKey> takers = List.of();
        switch (translated) {
            case TranslatedExtension.Rejected(ExtensionPlan.Rejected rejected) ->
                node.putObject("plan")
                        .put("rejected", rejected.reason())
                        .put("withdraw", rejected.withdrawal().name());
            case TranslatedExtension.Accepted accepted -> {
                ExtensionPlan.Proceed proceed = accepted.plan();
                takers = accepted.takers();
                ObjectNode planned = node.putObject("plan")
                        .put("listener", proceed.listener().getName())
                        .put("port", proceed.port())
                        .put("publicHost", proceed.publicHost())
                        .put("privateHost", proceed.privateHost());
                Scope.Hosts scope = accepted.filterScope();
                scope.exactHosts().forEach(planned.withArray("filterHosts")::add);
                scope.suffixPatterns().forEach(planned.withArray("filterWildcards")::add);
                proceed.warnings().forEach(note -> planned.withArray("warnings").add(note.message()));
            }
        }
        RenderedConfig config =
                RenderedConfig.of(translation.extension(ObjectKey.of(extension)).config());
        ObjectNode document =
                (ObjectNode) ObjectYaml.documents(config.document()).getFirst();
        document.remove("generatedBy");
        node.set("config", document);
        MCPGatewayExtensionStatus status = status(extension, translated.plan(), config, takers);
        Optional.ofNullable(status.url()).ifPresent(url -> node.put("url", url));
        status.unmatched().forEach(name -> node.withArray("unmatched").add(name));
        status.pendingPods().forEach(pod -> node.withArray("pendingPods").add(pod));
        conditions(node, status.conditions());
        events(
                node,
                ExtensionStatus.events(
                        Objects.requireNonNullElse(extension.getStatus(), MCPGatewayExtensionStatus.EMPTY), status));
    }

    private MCPGatewayExtensionStatus status(
            MCPGatewayExtension extension, ExtensionPlan plan, RenderedConfig config, List<ObjectKey> takers) {
        ObjectKey key = ObjectKey.of(extension);
        Optional<WriteRefusal> refused = observed(key)
                .map(broker -> broker.path("refused"))
                .filter(JsonNode::isObject)
                .map(Outcome::refusal);
        if (refused.isPresent() && plan instanceof ExtensionPlan.Proceed proceed) {
            return ExtensionStatus.of(extension, proceed, refused.get(), NOW);
        }
        return ExtensionStatus.of(
                extension,
                plan,
                new ExtensionReadiness(
                        world.deployment(new ObjectKey(key.namespace(), "mcp-gateway")),
                        fleetOf(key),
                        config.size(),
                        takers),
                NOW);
    }

    private static WriteRefusal refusal(JsonNode refused) {
        String[] object = refused.path("object").asText().split("/", 2);
        return new WriteRefusal(
                refused.path("kind").asText(),
                new ObjectKey(object[0], object[1]),
                refused.path("reason").asText());
    }

    private void registration(ObjectNode node, MCPServerRegistration registration) {
        RegistrationPlan plan = translation.registration(ObjectKey.of(registration));
        node.put("plan", plan.getClass().getSimpleName());
        MCPServerRegistrationStatus status = RegistrationStatus.of(registration, plan, fleets, NOW);
        translation.clientUrl(plan).ifPresent(url -> node.put("url", url));
        node.put("discoveredTools", status.discoveredTools());
        status.protocolVersions()
                .forEach(version -> node.withArray("protocolVersions").add(version));
        Optional.ofNullable(status.notServed())
                .filter(count -> count > 0)
                .ifPresent(count -> node.put("notServed", count));
        reasons(node, status.reasons());
        Optional.ofNullable(status.lastSeen()).ifPresent(seen -> node.put("lastSeen", seen));
        status.pendingPods().forEach(pod -> node.withArray("pendingPods").add(pod));
        remembered(node, status.toolPinning());
        MCPServerRegistrationStatus before = registration.getStatus();
        conditions(node, status.conditions());
        events(
                node,
                RegistrationEvents.of(
                        plan, fleets, Objects.requireNonNullElse(before, MCPServerRegistrationStatus.EMPTY), status));
    }

    private static void reasons(ObjectNode node, List<ReasonStatus> reasons) {
        reasons.forEach(reason -> {
            ObjectNode told = node.withArray("reasons")
                    .addObject()
                    .put("code", reason.code())
                    .put("count", reason.count())
                    .put("object", reason.object());
            reason.items().forEach(item -> told.withArray("items").add(item));
        });
    }

    private static void remembered(ObjectNode node, @Nullable ToolPinningStatus pinning) {
        if (pinning != null) {
            ObjectNode told =
                    node.putObject("toolPinning").put("since", pinning.since()).put("listDigest", pinning.listDigest());
            pinning.remembered().forEach(tool -> told.withArray("remembered").add(tool.name() + " " + tool.digest()));
        }
    }

    private void virtualServer(ObjectNode node, MCPVirtualServer virtualServer) {
        VirtualServerPlan plan = translation.virtualServer(virtualServer);
        MCPVirtualServerStatus status = VirtualServerReadiness.of(
                virtualServer, plan, translation.url(ObjectKey.of(virtualServer)), fleets, NOW);
        translation.clientUrl(virtualServer).ifPresent(url -> node.put("url", url));
        node.put("toolCount", status.toolCount());
        int prompts = Objects.requireNonNullElse(status.promptCount(), 0);
        int resources = Objects.requireNonNullElse(status.resourceCount(), 0);
        if (prompts + resources > 0) {
            node.put("promptCount", prompts).put("resourceCount", resources);
        }
        status.unknownTools().forEach(node.withArray("unknownTools")::add);
        status.unmatched().forEach(text -> node.withArray("unmatched").add(text));
        status.nameClashes().forEach(text -> node.withArray("nameClashes").add(text));
        status.refusedNames().forEach(text -> node.withArray("refusedNames").add(text));
        reasons(node, status.reasons());
        status.pendingPods().forEach(pod -> node.withArray("pendingPods").add(pod));
        MCPVirtualServerStatus before = virtualServer.getStatus();
        conditions(node, status.conditions());
        events(
                node,
                VirtualServerEvents.of(
                        plan, fleets, Objects.requireNonNullElse(before, MCPVirtualServerStatus.EMPTY), status));
    }

    private static void events(ObjectNode node, List<EventNote> notes) {
        notes.forEach(note -> node.withArray("events").add(note.severity() + " " + note.reason()));
    }

    private static void conditions(ObjectNode node, List<Condition> conditions) {
        ArrayNode list = node.putArray("conditions");
        for (Condition condition : conditions) {
            list.addObject()
                    .put("type", condition.getType())
                    .put("status", condition.getStatus())
                    .put("reason", condition.getReason())
                    .put("message", condition.getMessage())
                    .put("since", condition.getLastTransitionTime());
        }
    }

    private BrokerFleet fleetOf(ObjectKey key) {
        return fleets.stream()
                .filter(fleet -> fleet.extension().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private BrokerFleet fleet(MCPGatewayExtension extension) {
        RenderedConfig config =
                RenderedConfig.of(translation.extension(ObjectKey.of(extension)).config());
        List<BrokerReplica> replicas = new ArrayList<>();
        observed(ObjectKey.of(extension))
                .ifPresent(broker -> broker.path("replicas")
                        .forEach(replica -> replicas.add(
                                new BrokerReplica(replica.path("pod").asText(), answer(replica, config)))));
        return new BrokerFleet(ObjectKey.of(extension), config.hash(), replicas);
    }

    private Optional<JsonNode> observed(ObjectKey key) {
        return world.observed().stream()
                .filter(broker -> broker.path("extension").asText().equals(key.toString()))
                .findFirst();
    }

    private static BrokerReplica.Answer answer(JsonNode replica, RenderedConfig config) {
        String runs = replica.path("runs").asText();
        return switch (runs) {
            case "awaited" -> new BrokerReplica.Answer.Awaited();
            case "unreachable" ->
                new BrokerReplica.Answer.Unreachable(replica.path("cause").asText());
            case "current", "old" ->
                new BrokerReplica.Answer.Reported(
                        report(replica, config, runs.equals("current") ? config.hash() : "0ld"));
            default -> throw new IllegalArgumentException("runs: " + runs);
        };
    }

    private static StatusReport report(JsonNode replica, RenderedConfig config, String hash) {
        List<ServerStatus> servers = StreamSupport.stream(
                        replica.path("servers").spliterator(), false)
                .map(server -> server(server, config))
                .toList();
        List<VirtualServerStatus> virtualServers = virtualServers(replica.path("virtualServers"), config.config());
        return new StatusReport(
                1,
                hash,
                servers,
                virtualServers,
                NOW,
                Optional.ofNullable(replica.path("gatewayProblem").textValue()),
                texts(replica.path("unmatched")));
    }

    /** Read as the controller reads them; {@code digest: current} is that of the entry in the configuration. */
    private static List<VirtualServerStatus> virtualServers(JsonNode list, BrokerConfig config) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("servers");
        document.set("virtualServers", list.deepCopy());
        for (JsonNode node : document.path("virtualServers")) {
            if (node.path("digest").asText().equals("current")) {
                VirtualServer entry = config.virtualServers().stream()
                        .filter(each -> each.name().equals(node.path("name").asText()))
                        .findFirst()
                        .orElseThrow();
                ((ObjectNode) node).put("digest", ConfigYaml.digest(entry));
            }
        }
        return ((StatusJson.Result.Parsed) StatusJson.parse(document.toString().getBytes(StandardCharsets.UTF_8)))
                .report()
                .virtualServers();
    }

    private static ServerStatus server(JsonNode node, RenderedConfig config) {
        ServerName name = new ServerName(node.path("name").asText());
        Optional<McpServer> entry = config.config().servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst();
        List<ServerStatus.NameConflict> conflicts = new ArrayList<>();
        node.path("conflicts")
                .forEach(conflict -> conflicts.add(new ServerStatus.NameConflict(
                        conflict.path("kind").asText(ServerStatus.NameConflict.TOOL),
                        conflict.path("name").asText(),
                        new ServerName(conflict.path("keptBy").asText()))));
        List<ServerStatus.InvalidToolStatus> invalid = new ArrayList<>();
        node.path("invalidTools")
                .forEach(tool -> invalid.add(new ServerStatus.InvalidToolStatus(
                        tool.path("name").asText(), List.of(tool.path("error").asText()))));
        return new ServerStatus(
                        node.path("id")
                                .asText(Objects.requireNonNull(
                                        entry.map(McpServer::id).orElse("unknown"))),
                        name,
                        McpServer.State.valueOf(node.path("state").asText("ENABLED")),
                        node.path("ready").asBoolean(),
                        node.path("message").asText(),
                        Optional.ofNullable(node.path("lastValidated").textValue())
                                .map(Instant::parse),
                        Optional.empty(),
                        texts(node.path("protocolVersions")),
                        new ServerStatus.Totals(node.path("tools").asInt(), 0, 0, 0),
                        conflicts,
                        invalid,
                        new ServerStatus.DefinitionsStatus(
                                node.path("totalInvalid").asInt(invalid.size()),
                                definitions(node, "leftOut"),
                                node.path("totalMended").asInt(),
                                definitions(node, "mended"),
                                node.path("doubtful").size(),
                                definitions(node, "doubtful")),
                        Optional.ofNullable(node.path("refusedSince").textValue())
                                .map(Instant::parse),
                        Optional.empty(),
                        ReasonCode.parse(node.path("failure").asText()),
                        node.path("connecting").asBoolean())
                .with(pinning(node));
    }

    /** Read as the controller reads it. */
    private static Optional<PinningStatus> pinning(JsonNode node) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("servers").addObject().put("name", "any").set("toolPinning", node.path("toolPinning"));
        return ((StatusJson.Result.Parsed) StatusJson.parse(document.toString().getBytes(StandardCharsets.UTF_8)))
                .report()
                .servers()
                .getFirst()
                .pinning();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<ServerStatus.DefinitionStatus> definitions(JsonNode node, String member) {
        List<ServerStatus.DefinitionStatus> definitions = new ArrayList<>();
        node.path(member)
                .forEach(item -> definitions.add(new ServerStatus.DefinitionStatus(
                        "tool",
                        item.path("name").asText(),
                        List.of(item.path("note").asText()))));
        return definitions;
    }
}
