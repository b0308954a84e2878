package io.mcpgateway.controller.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.istio.api.security.v1.PeerAuthentication;
import io.fabric8.istio.api.security.v1.RequestAuthentication;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.doctor.facts.ClusterView.Listing;
import io.mcpgateway.controller.doctor.facts.Facts;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster made of documents, as doctor reads it. The controller has done its work, unless a document says otherwise. */
final class DoctorWorld {
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Namespace.class,
            ConfigMap.class,
            Secret.class,
            Service.class,
            Pod.class,
            EndpointSlice.class,
            Deployment.class,
            Gateway.class,
            GatewayClass.class,
            HTTPRoute.class,
            ReferenceGrant.class,
            EnvoyFilter.class,
            ServiceEntry.class,
            DestinationRule.class,
            RequestAuthentication.class,
            AuthorizationPolicy.class,
            PeerAuthentication.class,
            NetworkPolicy.class,
            MCPGatewayExtension.class,
            MCPServerRegistration.class,
            MCPVirtualServer.class);

    private final Map<String, JsonNode> objects = new LinkedHashMap<>();
    private final ObjectNode running = ObjectYaml.MAPPER.createObjectNode();

    /** Later documents are merged into earlier ones of the same kind and name; {@code delete: true} takes one away. */
    DoctorWorld(List<JsonNode> documents) {
        for (JsonNode document : documents) {
            if (document.path("kind").asText().equals("Running")) {
                merge(running, document);
                continue;
            }
            String key = key(document);
            if (document.path("delete").asBoolean()) {
                objects.put(key, document);
            } else if (objects.get(key) instanceof ObjectNode before) {
                merge(before, document);
            } else {
                objects.put(key, document.deepCopy());
            }
        }
    }

    Facts facts() {
        Map<Class<? extends HasMetadata>, Listing> kinds = new HashMap<>();
        for (Class<? extends HasMetadata> kind : KINDS) {
            kinds.put(kind, listing(kind));
        }
        kinds.put(
                GenericKubernetesResource.class, Listing.complete(all("AuthPolicy", GenericKubernetesResource.class)));
        DoctorNeighbours neighbours = new DoctorNeighbours(new ClusterView(kinds), secrets(kinds), running);
        if (!isDeleted("EnvoyFilter") && !running.path("notServed").has("EnvoyFilter") && !isForbidden("EnvoyFilter")) {
            kinds.put(EnvoyFilter.class, Listing.complete(filters(neighbours.filters())));
        }
        return new Facts(
                new Facts.ApiServer("https://127.0.0.1:6443/", version()),
                Optional.of(running.path("namespace").asText()).filter(name -> !name.isEmpty()),
                new ClusterView(kinds),
                neighbours.secrets(),
                neighbours.brokers(),
                neighbours.envoys(),
                neighbours.calls(),
                neighbours.reaches(),
                Instant.parse("2026-11-30T10:00:00Z"));
    }

    /** The controller's own, unless a document has one of this name, and those of others. */
    private List<EnvoyFilter> filters(List<EnvoyFilter> own) {
        List<EnvoyFilter> written = all("EnvoyFilter", EnvoyFilter.class);
        Set<ObjectKey> keys = written.stream().map(ObjectKey::of).collect(Collectors.toSet());
        return Stream.concat(own.stream().filter(filter -> !keys.contains(ObjectKey.of(filter))), written.stream())
                .toList();
    }

    private Part<String> version() {
        return running.has("apiServer")
                ? new Part.Unreadable<>(
                        Gap.failed("version", running.path("apiServer").asText()))
                : Part.of("v1.36.0");
    }

    private Listing listing(Class<? extends HasMetadata> kind) {
        String name = kind.getSimpleName();
        if (running.path("notServed").has(name)) {
            return Listing.notServed(running.path("notServed").path(name).asText());
        }
        if (isForbidden(name)) {
            return Listing.partial(
                    List.of(),
                    Set.of(),
                    new Gap(
                            HasMetadata.getFullResourceName(kind),
                            "you may not list them (403)",
                            Optional.of(new Gap.Right(
                                    "list", HasMetadata.getGroup(kind), HasMetadata.getPlural(kind), ""))));
        }
        return Listing.complete(all(name, kind));
    }

    private boolean isForbidden(String kind) {
        List<String> forbidden = new ArrayList<>();
        running.path("forbidden").forEach(entry -> forbidden.add(entry.asText()));
        return forbidden.contains(kind);
    }

    private boolean isDeleted(String kind) {
        return objects.values().stream()
                .anyMatch(object -> object.path("kind").asText().equals(kind)
                        && object.path("delete").asBoolean());
    }

    private Map<ObjectKey, Part<Optional<Secret>>> secrets(Map<Class<? extends HasMetadata>, Listing> kinds) {
        ClusterView view = new ClusterView(kinds);
        Map<ObjectKey, Part<Optional<Secret>>> secrets = new HashMap<>();
        Stream.concat(
                        view.all(MCPGatewayExtension.class).stream().flatMap(References::secrets),
                        view.all(MCPServerRegistration.class).stream().flatMap(References::secrets))
                .forEach(key -> secrets.put(
                        key,
                        isForbidden("Secret")
                                ? new Part.Unreadable<>(new Gap(
                                        "Secrets of namespace " + key.namespace(),
                                        "you may not read them (403)",
                                        Optional.of(new Gap.Right("get", "", "secrets", key.namespace()))))
                                : Part.of(view.find(Secret.class, key))));
        return secrets;
    }

    private <T extends HasMetadata> List<T> all(String kind, Class<T> type) {
        return objects.values().stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && !object.path("delete").asBoolean())
                .map(object -> ObjectYaml.convert(object, type))
                .toList();
    }

    private static String key(JsonNode document) {
        JsonNode metadata = document.path("metadata");
        return "%s %s/%s"
                .formatted(
                        document.path("kind").asText(),
                        metadata.path("namespace").asText(),
                        metadata.path("name").asText());
    }

    /** Objects are merged; null takes a member away; everything else is replaced. */
    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(member -> {
            JsonNode before = into.get(member.getKey());
            if (member.getValue().isNull()) {
                into.remove(member.getKey());
            } else if (before instanceof ObjectNode inner && member.getValue().isObject()) {
                merge(inner, member.getValue());
            } else {
                into.set(
                        member.getKey(),
                        Objects.requireNonNull(member.getValue().deepCopy()));
            }
        });
    }
}
