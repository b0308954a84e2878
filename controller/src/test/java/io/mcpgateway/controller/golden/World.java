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
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.ObjectYaml;
import io.mcpgateway.controller.translation.ClusterFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A cluster made of documents. */
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

    List<MCPServerRegistration> registrations() {
        return all(MCPServerRegistration.class);
    }

    List<HTTPRoute> routes() {
        return all(HTTPRoute.class);
    }

    Optional<HTTPRoute> route(ObjectKey key) {
        return find(HTTPRoute.class, key);
    }

    /** All that plans may read of it. */
    ClusterFacts facts() {
        return ClusterFacts.of(this::all, all(Secret.class));
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
