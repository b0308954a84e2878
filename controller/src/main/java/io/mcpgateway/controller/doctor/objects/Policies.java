package io.mcpgateway.controller.doctor.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.istio.api.security.v1.AuthorizationPolicy;
import io.fabric8.istio.api.security.v1.RequestAuthentication;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Istio's and Kuadrant's policies that name what they are for. */
public final class Policies {
    /** What a policy is for. */
    public record Target(String kind, String name, Optional<String> sectionName) {
        public Target {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(sectionName, "sectionName");
        }
    }

    /**
     * A policy.
     *
     * @param refusal the condition that says that it has no effect, if there is one
     */
    public record Policy(String kind, ObjectKey key, List<Target> targets, Optional<String> refusal) {
        public Policy {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(key, "key");
            targets = List.copyOf(targets);
            Objects.requireNonNull(refusal, "refusal");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private Policies() {}

    /** Those of the view; Kuadrant's are its only generic objects. */
    public static List<Policy> of(ClusterView cluster) {
        return Stream.of(
                        cluster.all(RequestAuthentication.class).stream(),
                        cluster.all(AuthorizationPolicy.class).stream(),
                        cluster.all(GenericKubernetesResource.class).stream())
                .flatMap(kind -> kind)
                .map(Policies::of)
                .toList();
    }

    private static Policy of(HasMetadata object) {
        JsonNode tree = JSON.valueToTree(object);
        List<Target> targets = new ArrayList<>();
        JsonNode spec = tree.path("spec");
        Stream.concat(Stream.of(spec.path("targetRef")), elements(spec.path("targetRefs")))
                .filter(JsonNode::isObject)
                .map(target -> new Target(
                        target.path("kind").asText(),
                        target.path("name").asText(),
                        Optional.of(target.path("sectionName").asText()).filter(name -> !name.isEmpty())))
                .forEach(targets::add);
        Optional<String> refusal = elements(tree.path("status").path("conditions"))
                .filter(condition -> condition.path("status").asText().equals("False")
                        && List.of("Accepted", "Enforced")
                                .contains(condition.path("type").asText()))
                .findFirst()
                .map(condition -> "%s=False, %s: %s"
                        .formatted(
                                condition.path("type").asText(),
                                condition.path("reason").asText(),
                                condition.path("message").asText()));
        return new Policy(object.getKind(), ObjectKey.of(object), targets, refusal);
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements.stream();
    }
}
