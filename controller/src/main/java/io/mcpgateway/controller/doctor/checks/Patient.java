package io.mcpgateway.controller.doctor.checks;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.desired.ConfigSecret;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.Facts;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.fleet.BrokerReplica;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteReferences;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.Attachment;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.translation.ClusterFacts;
import io.mcpgateway.controller.translation.TranslatedExtension;
import io.mcpgateway.controller.translation.Translation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facts, and what the controller would make of them. A plan is only given where everything that it depends on was
 * seen: otherwise what the user may not read would look missing.
 */
record Patient(Facts facts, Translation translation) {
    Patient {
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(translation, "translation");
    }

    static Patient of(Facts facts) {
        ClusterView cluster = facts.cluster();
        List<Secret> secrets = facts.secrets().values().stream()
                .flatMap(part -> part.found().stream())
                .flatMap(Optional::stream)
                .toList();
        return new Patient(facts, Translation.NONE.next(ClusterFacts.of(cluster::all, secrets)));
    }

    ClusterView cluster() {
        return facts.cluster();
    }

    /** Those of the namespace, and those that the namespace's registrations reach; all if there are none. */
    List<MCPGatewayExtension> extensions() {
        List<MCPGatewayExtension> all = cluster().all(MCPGatewayExtension.class);
        if (facts.namespace().isEmpty()) {
            return all;
        }
        List<ObjectKey> reached = registrations().stream()
                .flatMap(registration -> translation.registration(ObjectKey.of(registration)).reaches().stream())
                .map(Attachment::extension)
                .toList();
        List<MCPGatewayExtension> concerned = all.stream()
                .filter(extension -> isInScope(extension) || reached.contains(ObjectKey.of(extension)))
                .toList();
        return concerned.isEmpty() ? all : concerned;
    }

    List<MCPServerRegistration> registrations() {
        return cluster().all(MCPServerRegistration.class).stream()
                .filter(this::isInScope)
                .toList();
    }

    /** Those that are not being deleted. */
    List<MCPServerRegistration> stayingRegistrations() {
        return registrations().stream()
                .filter(registration -> registration.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    List<MCPVirtualServer> virtualServers() {
        return cluster().all(MCPVirtualServer.class).stream()
                .filter(this::isInScope)
                .toList();
    }

    /** What follows for the extension, if all that matters for it was seen. */
    Optional<TranslatedExtension> plan(MCPGatewayExtension extension) {
        boolean seen = cluster().seesAll(MCPGatewayExtension.class)
                && cluster().seesAll(Namespace.class)
                && References.gateway(extension)
                        .filter(gateway -> cluster().sees(Gateway.class, gateway.namespace())
                                && cluster().sees(ReferenceGrant.class, gateway.namespace()))
                        .isPresent()
                && References.secrets(extension).allMatch(this::seesSecret);
        return seen ? Optional.of(translation.extension(ObjectKey.of(extension))) : Optional.empty();
    }

    /** What the extension uses, if it is accepted and all that matters was seen. */
    Optional<ExtensionPlan.Proceed> accepted(MCPGatewayExtension extension) {
        return plan(extension)
                .flatMap(translated -> translated instanceof TranslatedExtension.Accepted accepted
                        ? Optional.of(accepted.plan())
                        : Optional.empty());
    }

    /** What follows for the registration, if all that matters for it was seen. */
    Optional<RegistrationPlan> plan(MCPServerRegistration registration) {
        Optional<HTTPRoute> route =
                References.route(registration).flatMap(key -> cluster().find(HTTPRoute.class, key));
        boolean seen = cluster().seesAll(MCPGatewayExtension.class)
                && cluster().seesAll(Namespace.class)
                && cluster().seesAll(HTTPRoute.class)
                && cluster().seesAll(ReferenceGrant.class)
                && Stream.concat(
                                route.stream().flatMap(found -> RouteReferences.gateways(found).stream()),
                                cluster().all(MCPGatewayExtension.class).stream()
                                        .flatMap(extension -> References.gateway(extension).stream()))
                        .allMatch(gateway -> cluster().sees(Gateway.class, gateway.namespace()))
                && route.stream()
                        .flatMap(found -> RouteReferences.services(found).stream())
                        .allMatch(service -> cluster().sees(Service.class, service.namespace()))
                && References.secrets(registration).allMatch(this::seesSecret);
        return seen ? Optional.of(translation.registration(ObjectKey.of(registration))) : Optional.empty();
    }

    /** The ready brokers of every extension, and what they say. */
    List<BrokerFleet> fleets() {
        return cluster().all(MCPGatewayExtension.class).stream()
                .map(this::fleet)
                .toList();
    }

    BrokerFleet fleet(MCPGatewayExtension extension) {
        String namespace = extension.getMetadata().getNamespace();
        Map<ObjectKey, Part<StatusReport>> told = facts.brokers().entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<BrokerReplica> replicas = told.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> new BrokerReplica(entry.getKey().name(), answer(entry.getValue())))
                .toList();
        return new BrokerFleet(ObjectKey.of(extension), wantedHash(namespace, told), replicas);
    }

    /** Whether what the brokers of the extension say is known, as far as any of them is ready. */
    boolean hearsBrokers(MCPGatewayExtension extension) {
        String namespace = extension.getMetadata().getNamespace();
        return cluster().sees(Pod.class, namespace)
                && facts.brokers().entrySet().stream()
                        .filter(entry -> entry.getKey().namespace().equals(namespace))
                        .allMatch(entry -> entry.getValue().found().isPresent());
    }

    /** Of the document that the controller has written; without the right to see it, of what most brokers run. */
    private String wantedHash(String namespace, Map<ObjectKey, Part<StatusReport>> told) {
        Part<Optional<Secret>> config = facts.secrets().get(new ObjectKey(namespace, ObjectNames.CONFIG_SECRET));
        Optional<String> written = Optional.ofNullable(config)
                .flatMap(Part::found)
                .flatMap(found -> found)
                .flatMap(ConfigSecret::document)
                .map(ConfigHash::of);
        return written.or(() -> told.values().stream()
                        .flatMap(part -> part.found().stream())
                        .map(StatusReport::configHash)
                        .findFirst())
                .orElse("");
    }

    private static BrokerReplica.Answer answer(Part<StatusReport> told) {
        return switch (told) {
            case Part.Read<StatusReport>(StatusReport report) -> new BrokerReplica.Answer.Reported(report);
            case Part.Unreadable<StatusReport> unreadable ->
                new BrokerReplica.Answer.Unreachable(unreadable.gap().reason());
        };
    }

    boolean seesSecret(ObjectKey key) {
        Part<Optional<Secret>> part = facts.secrets().get(key);
        return part != null && part.found().isPresent();
    }

    private boolean isInScope(HasMetadata object) {
        return facts.namespace()
                .map(namespace -> namespace.equals(object.getMetadata().getNamespace()))
                .orElse(true);
    }
}
