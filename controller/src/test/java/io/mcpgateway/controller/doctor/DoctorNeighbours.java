package io.mcpgateway.controller.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.contract.StatusJson;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.controller.desired.ExtProcEnvoyFilter;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.desired.GatewayListener;
import io.mcpgateway.controller.desired.RenderedConfig;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.EnvoyReport;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.ObjectYaml;
import io.mcpgateway.controller.translation.ClusterFacts;
import io.mcpgateway.controller.translation.TranslatedExtension;
import io.mcpgateway.controller.translation.Translation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a controller, brokers, Envoy and a gateway would make of a world. */
final class DoctorNeighbours {
    private final ClusterView view;
    private final Map<ObjectKey, Part<Optional<Secret>>> secrets;
    private final JsonNode running;
    private final Translation translation;

    DoctorNeighbours(ClusterView view, Map<ObjectKey, Part<Optional<Secret>>> secrets, JsonNode running) {
        this.view = view;
        this.secrets = secrets;
        this.running = running;
        this.translation = Translation.NONE.next(ClusterFacts.of(view::all, view.all(Secret.class)));
    }

    /** As the controller writes them. */
    List<EnvoyFilter> filters() {
        List<EnvoyFilter> filters = new ArrayList<>();
        for (MCPGatewayExtension extension : view.all(MCPGatewayExtension.class)) {
            if (translated(extension) instanceof TranslatedExtension.Accepted accepted) {
                var plan = accepted.plan();
                filters.add(ExtProcEnvoyFilter.desired(
                        ExtensionOwner.of(extension),
                        new GatewayListener(
                                plan.gateway().namespace(),
                                plan.gateway().name(),
                                plan.listener().getName(),
                                running.path("filterPort").asInt(plan.port()),
                                Optional.of(running.path("filterRevision").asText())
                                        .filter(revision -> !revision.isEmpty())),
                        accepted.filterScope()));
            }
        }
        return filters;
    }

    /** Those that were read, and the configuration that the controller has written. */
    Map<ObjectKey, Part<Optional<Secret>>> secrets() {
        Map<ObjectKey, Part<Optional<Secret>>> all = new HashMap<>(secrets);
        for (MCPGatewayExtension extension : view.all(MCPGatewayExtension.class)) {
            String namespace = extension.getMetadata().getNamespace();
            if (!(translated(extension) instanceof TranslatedExtension.Accepted)
                    && all.containsKey(new ObjectKey(namespace, ObjectNames.CONFIG_SECRET))) {
                continue;
            }
            String document = RenderedConfig.of(written(config(extension))).document();
            all.put(
                    new ObjectKey(namespace, ObjectNames.CONFIG_SECRET),
                    Part.of(Optional.of(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(ObjectNames.CONFIG_SECRET)
                            .endMetadata()
                            .addToData(
                                    ObjectNames.CONFIG_KEY,
                                    Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8)))
                            .withImmutable(running.path("configImmutable").asBoolean())
                            .build())));
        }
        return all;
    }

    /** {@code notWritten}: servers that the controller has left out. */
    private BrokerConfig written(BrokerConfig config) {
        List<String> left = new ArrayList<>();
        running.path("notWritten").forEach(name -> left.add(name.asText()));
        return new BrokerConfig(
                config.servers().stream()
                        .filter(server -> !left.contains(server.name().value()))
                        .toList(),
                config.virtualServers());
    }

    Map<ObjectKey, Part<StatusReport>> brokers() {
        Map<ObjectKey, Part<StatusReport>> brokers = new HashMap<>();
        running.path("brokers").properties().forEach(entry -> {
            ObjectKey pod = ObjectKey.parse(entry.getKey());
            view.all(MCPGatewayExtension.class).stream()
                    .filter(extension -> extension.getMetadata().getNamespace().equals(pod.namespace()))
                    .findFirst()
                    .ifPresent(extension -> brokers.put(pod, broker(extension, pod, entry.getValue())));
        });
        return brokers;
    }

    Map<ObjectKey, Part<EnvoyReport>> envoys() {
        JsonNode envoy = running.path("envoy");
        List<String> filters = new ArrayList<>();
        envoy.path("filters").forEach(name -> filters.add(name.asText()));
        return ofAccepted(Part.of(new EnvoyReport(
                envoy.path("present").asBoolean(true),
                filters,
                Optional.of(envoy.path("refusal").asText()).filter(text -> !text.isEmpty()))));
    }

    Map<ObjectKey, Part<CallReport>> calls() {
        List<CallReport.Step> steps = new ArrayList<>();
        running.path("call").properties().forEach(step -> {
            JsonNode answer = step.getValue();
            Map<String, String> headers = new HashMap<>();
            if (answer.path("session").asBoolean()) {
                headers.put(McpHeaders.SESSION_ID, "s");
            }
            if (answer.has("challenge")) {
                headers.put("www-authenticate", answer.path("challenge").asText());
            }
            steps.add(new CallReport.Step(
                    step.getKey(),
                    answer.path("status").asInt(),
                    headers,
                    answer.path("body").asText(),
                    Optional.of(answer.path("problem").asText()).filter(text -> !text.isEmpty())));
        });
        JsonNode certificate = running.path("certificate");
        List<String> names = new ArrayList<>();
        certificate.path("names").forEach(name -> names.add(name.asText()));
        return ofAccepted(Part.of(new CallReport(
                "http://mcp.127-0-0-1.sslip.io:8080/mcp",
                steps,
                certificate.isObject()
                        ? Optional.of(new CallReport.Certificate(
                                Instant.EPOCH,
                                Instant.parse(certificate.path("notAfter").asText("2027-01-01T00:00:00Z")),
                                names))
                        : Optional.empty(),
                Optional.of(running.path("token").asText())
                        .filter(token -> !token.isEmpty())
                        .map(token -> CallReport.Token.of(token, Instant.parse("2026-11-30T10:00:00Z"))))));
    }

    /** {@code reach}: by the registration, what is said of its way, or nothing if it is reached. */
    Map<ObjectKey, ServerReach> reaches() {
        Map<ObjectKey, ServerReach> reaches = new HashMap<>();
        running.path("reach").properties().forEach(entry -> {
            JsonNode told = entry.getValue();
            String outcome = told.path("outcome").asText(ServerReach.REACHED);
            reaches.put(
                    ObjectKey.parse(entry.getKey()),
                    new ServerReach(entry.getKey(), outcome, told.path("detail").asText(), 12));
        });
        return reaches;
    }

    private <T> Map<ObjectKey, Part<T>> ofAccepted(Part<T> part) {
        Map<ObjectKey, Part<T>> parts = new HashMap<>();
        view.all(MCPGatewayExtension.class).stream()
                .filter(extension -> translated(extension) instanceof TranslatedExtension.Accepted)
                .forEach(extension -> parts.put(ObjectKey.of(extension), part));
        return parts;
    }

    private Part<StatusReport> broker(MCPGatewayExtension extension, ObjectKey pod, JsonNode told) {
        if (told.has("forbidden")) {
            return new Part.Unreadable<>(new Gap(
                    "status of broker Pod " + pod,
                    "you may not forward ports to Pods of namespace " + pod.namespace(),
                    Optional.of(new Gap.Right("create", "", "pods/portforward", pod.namespace()))));
        }
        BrokerConfig config = config(extension);
        ObjectNode report = ObjectYaml.MAPPER.createObjectNode();
        report.put(
                "configHash", told.path("runs").asText(RenderedConfig.of(config).hash()));
        report.put("timestamp", "2026-11-30T10:00:00Z");
        if (told.has("gatewayProblem")) {
            report.set("gatewayProblem", told.path("gatewayProblem"));
        }
        var servers = report.putArray("servers");
        for (McpServer server : config.servers()) {
            ObjectNode status = servers.addObject()
                    .put("id", server.id())
                    .put("name", server.name().value())
                    .put("state", server.enabled() ? "Enabled" : "Disabled")
                    .put("ready", server.enabled())
                    .put("message", "server added successfully. Total tools added 2")
                    .put("protocolVersion", "2025-11-25")
                    .put("totalTools", 2);
            if (told.path("servers").get(server.name().value()) instanceof ObjectNode other) {
                status.setAll(other);
            }
        }
        var virtualServers = report.putArray("virtualServers");
        config.virtualServers().forEach(entry -> {
            ObjectNode status = virtualServers.addObject().put("name", entry.name());
            var unknown = status.putArray("unknownTools");
            entry.tools().stream().filter(tool -> !tool.contains("_")).forEach(unknown::add);
            status.put("tools", entry.tools().size() - unknown.size());
        });
        return switch (StatusJson.parse(report.toString().getBytes(StandardCharsets.UTF_8))) {
            case StatusJson.Result.Parsed(StatusReport read) -> Part.of(read);
            case StatusJson.Result.Refused(String problem) -> throw new IllegalStateException(problem);
        };
    }

    private BrokerConfig config(MCPGatewayExtension extension) {
        return translated(extension).config();
    }

    private TranslatedExtension translated(MCPGatewayExtension extension) {
        return translation.extension(ObjectKey.of(extension));
    }
}
