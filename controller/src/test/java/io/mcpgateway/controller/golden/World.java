package io.mcpgateway.controller.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.api.v1alpha1.CredentialReference;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.TrustedHeadersKey;
import io.mcpgateway.controller.extension.ConfigRenderer;
import io.mcpgateway.controller.extension.ExtensionFacts;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.extension.ExtensionPlanner;
import io.mcpgateway.controller.extension.PublicHostRoutes;
import io.mcpgateway.controller.extension.RenderedConfig;
import io.mcpgateway.controller.gatewayapi.HostRival;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.registration.CandidateExtension;
import io.mcpgateway.controller.registration.PlannedRegistration;
import io.mcpgateway.controller.registration.RegistrationFacts;
import io.mcpgateway.controller.registration.RegistrationPlanner;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A cluster made of documents, and what the planners make of it: the wiring of the controller without its shell. */
final class World {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Namespace", Namespace.class,
            "Secret", Secret.class,
            "Service", Service.class,
            "Deployment", Deployment.class,
            "Gateway", Gateway.class,
            "HTTPRoute", HTTPRoute.class,
            "ReferenceGrant", ReferenceGrant.class,
            "MCPGatewayExtension", MCPGatewayExtension.class,
            "MCPServerRegistration", MCPServerRegistration.class,
            "MCPVirtualServer", MCPVirtualServer.class);

    private final Map<String, HasMetadata> objects = new LinkedHashMap<>();
    private final List<JsonNode> observed = new ArrayList<>();

    /** Later documents replace earlier ones of the same kind and name; {@code delete: true} takes one away. */
    World(List<JsonNode> documents) {
        for (JsonNode document : documents) {
            String kind = document.path("kind").asText();
            if (kind.equals("Observed")) {
                observed.clear();
                document.path("brokers").forEach(observed::add);
                continue;
            }
            Class<? extends HasMetadata> type =
                    Objects.requireNonNull(KINDS.get(kind), () -> "a kind that no test uses: " + kind);
            String key =
                    kind + " " + document.path("metadata").path("namespace").asText() + "/"
                            + document.path("metadata").path("name").asText();
            if (document.path("delete").asBoolean()) {
                Objects.requireNonNull(objects.remove(key), key);
            } else {
                objects.put(key, ObjectYaml.convert(document, type));
            }
        }
    }

    List<MCPGatewayExtension> extensions() {
        return all(MCPGatewayExtension.class);
    }

    List<MCPVirtualServer> virtualServers() {
        return all(MCPVirtualServer.class);
    }

    Collection<JsonNode> observed() {
        return observed;
    }

    Optional<Deployment> deployment(ObjectKey key) {
        return find(Deployment.class, key);
    }

    Optional<Gateway> gateway(ObjectKey key) {
        return find(Gateway.class, key);
    }

    Optional<HTTPRoute> route(ObjectKey key) {
        return find(HTTPRoute.class, key);
    }

    ExtensionPlan plan(MCPGatewayExtension extension) {
        TrustedHeadersKey key = extension.getSpec().trustedHeadersKey();
        String namespace = extension.getMetadata().getNamespace();
        return ExtensionPlanner.plan(new ExtensionFacts(
                extension,
                extensions(),
                find(Gateway.class, ExtensionPlanner.gatewayKey(extension)),
                labels(),
                all(ReferenceGrant.class),
                key == null ? Optional.empty() : find(Secret.class, new ObjectKey(namespace, key.secretName())),
                Optional.ofNullable(extension.getSpec().sessionStore())
                        .flatMap(store -> find(Secret.class, new ObjectKey(namespace, store.secretName()))),
                Optional.ofNullable(extension.getSpec().caCertBundleRef())
                        .flatMap(bundle -> find(Secret.class, new ObjectKey(namespace, bundle.name())))));
    }

    List<CandidateExtension> candidates() {
        return extensions().stream()
                .map(extension -> ExtensionPlanner.candidate(extension, plan(extension)))
                .flatMap(Optional::stream)
                .toList();
    }

    List<PlannedRegistration> registrations() {
        List<CandidateExtension> candidates = candidates();
        return all(MCPServerRegistration.class).stream()
                .map(registration -> PlannedRegistration.of(facts(registration, candidates)))
                .toList();
    }

    RenderedConfig config(MCPGatewayExtension extension) {
        return ConfigRenderer.render(ObjectKey.of(extension), plan(extension), registrations(), virtualServers());
    }

    private RegistrationFacts facts(MCPServerRegistration registration, List<CandidateExtension> candidates) {
        CredentialReference credential = registration.getSpec().credentialRef();
        String namespace = registration.getMetadata().getNamespace();
        Optional<HTTPRoute> route = find(HTTPRoute.class, RegistrationPlanner.routeKey(registration));
        return new RegistrationFacts(
                registration,
                route,
                all(Gateway.class),
                candidates,
                all(Service.class),
                credential == null ? Optional.empty() : find(Secret.class, new ObjectKey(namespace, credential.name())),
                Optional.ofNullable(registration.getSpec().caCertSecretRef())
                        .flatMap(bundle -> find(Secret.class, new ObjectKey(namespace, bundle.name()))),
                all(ReferenceGrant.class),
                labels().getOrDefault(RegistrationPlanner.routeKey(registration).namespace(), Map.of()),
                claimants().stream()
                        .filter(rival -> !rival.key().equals(RegistrationPlanner.routeKey(registration)))
                        .toList());
    }

    List<ObjectKey> takers(MCPGatewayExtension extension, ExtensionPlan plan) {
        return switch (plan) {
            case ExtensionPlan.Rejected _ -> List.of();
            case ExtensionPlan.Proceed proceed ->
                PublicHostRoutes.takers(
                        ObjectKey.of(extension),
                        proceed,
                        gateway(proceed.gateway()).orElseThrow(),
                        claimants(),
                        all(ReferenceGrant.class));
        };
    }

    /** All routes, with the registrations that use them. */
    List<HostRival> claimants() {
        return all(HTTPRoute.class).stream()
                .map(route -> new HostRival(
                        route,
                        labels().getOrDefault(route.getMetadata().getNamespace(), Map.of()),
                        all(MCPServerRegistration.class).stream()
                                .filter(user ->
                                        RegistrationPlanner.routeKey(user).equals(ObjectKey.of(route)))
                                .filter(user -> RegistrationPlanner.mayUse(
                                        user, ObjectKey.of(route), all(ReferenceGrant.class)))
                                .map(ObjectKey::of)
                                .sorted()
                                .toList()))
                .toList();
    }

    private Map<String, Map<String, String>> labels() {
        return all(Namespace.class).stream()
                .collect(Collectors.toMap(
                        namespace -> namespace.getMetadata().getName(),
                        namespace -> Objects.requireNonNullElse(
                                namespace.getMetadata().getLabels(), Map.of())));
    }

    private <T extends HasMetadata> Optional<T> find(Class<T> type, ObjectKey key) {
        return all(type).stream()
                .filter(object -> ObjectKey.of(object).equals(key))
                .findFirst();
    }

    private <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
