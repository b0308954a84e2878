package io.mcpgateway.e2e.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The chart with its default values and config/install create the same objects, to every permission, label, port and
 * security setting, except for what {@code differences.yaml} lists with a reason.
 */
class InstallationsAgreeTest {
    /** Helm and this project use these to distinguish releases of the chart. */
    private static final Set<String> LABELS_OF_RELEASES = Set.of(
            "app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "app.kubernetes.io/version", "helm.sh/chart");

    private JsonNode listed;

    @BeforeEach
    void readTheList() throws IOException {
        try (InputStream list = InstallationsAgreeTest.class.getResourceAsStream("/shipped/differences.yaml")) {
            listed = new YAMLMapper().readTree(list);
        }
    }

    @Test
    void theyDifferOnlyWhereTheListSays() {
        Map<String, ObjectNode> chart = withoutReleaseLabels(Manifests.ofChart());
        Map<String, ObjectNode> kustomize = renamed(Manifests.ofKustomization("config/install"));

        assertThat(Differences.between(chart, kustomize)).isEqualTo(reasons("differences"));
    }

    @Test
    void theGatewayIsTheSame() {
        Map<String, ObjectNode> chart = withoutReleaseLabels(Manifests.ofChart("--set=gateway.create=true"));
        Map<String, ObjectNode> istio =
                Manifests.ofKustomization("config/istio").objects();

        String gateway = "Gateway gateway-system/mcp-gateway";
        assertThat(istio.keySet()).containsExactlyInAnyOrder(gateway, "Namespace gateway-system");
        assertThat(Differences.between(only(chart, gateway), only(istio, gateway)))
                .isEqualTo(reasons("gateway"));
    }

    @Test
    void aDifferenceIsSeen() {
        Map<String, ObjectNode> one = Manifests.ofKustomization("config/rbac").objects();
        Map<String, ObjectNode> other = Manifests.ofKustomization("config/rbac").objects();
        ((ObjectNode) new Manifests(other)
                        .get("ClusterRole mcp-gateway-controller")
                        .at("/rules/0"))
                .putArray("verbs");
        other.remove("ServiceAccount mcp-system/mcp-gateway-controller");

        assertThat(Differences.between(one, other))
                .containsExactly(
                        "ClusterRole mcp-gateway-controller rules", "ServiceAccount mcp-system/mcp-gateway-controller");
    }

    private Set<String> reasons(String list) {
        Set<String> names = new TreeSet<>();
        for (var entry : listed.path(list).properties()) {
            assertThat(entry.getValue().asText())
                    .as("the reason of " + entry.getKey())
                    .isNotBlank();
            names.add(entry.getKey());
        }
        return names;
    }

    /** Objects that have different names for a reason, under the chart's name; the extension from its ConfigMap. */
    private Map<String, ObjectNode> renamed(Manifests kustomize) {
        Map<String, ObjectNode> objects = new TreeMap<>(kustomize.objects());
        String map = objects.keySet().stream()
                .filter(name -> name.startsWith("ConfigMap mcp-system/mcp-gateway-objects"))
                .findFirst()
                .orElseThrow();
        ObjectNode objectsAtStart = kustomize.get(map);
        objects.remove(map);
        objectsAtStart
                .path("data")
                .forEach(text -> objects.putAll(Manifests.parse(text.asText()).objects()));
        // kustomize adds a hash of the content.
        objects.put("ConfigMap mcp-system/mcp-gateway-objects", objectsAtStart);
        for (var entry : listed.path("names").properties()) {
            ObjectNode object = new Manifests(objects).get(entry.getKey());
            objects.remove(entry.getKey());
            objects.put(entry.getValue().asText(), object);
        }
        return objects;
    }

    private static Map<String, ObjectNode> only(Map<String, ObjectNode> objects, String name) {
        Map<String, ObjectNode> one = new LinkedHashMap<>(objects);
        one.keySet().retainAll(Set.of(name));
        return one;
    }

    private static Map<String, ObjectNode> withoutReleaseLabels(Manifests chart) {
        chart.objects().values().forEach(InstallationsAgreeTest::removeReleaseLabels);
        return chart.objects();
    }

    private static void removeReleaseLabels(JsonNode node) {
        for (String labels : new String[] {"labels", "matchLabels", "selector"}) {
            if (node.path(labels) instanceof ObjectNode found) {
                found.remove(LABELS_OF_RELEASES);
                if (found.isEmpty()) {
                    ((ObjectNode) node).remove(labels);
                }
            }
        }
        node.forEach(InstallationsAgreeTest::removeReleaseLabels);
    }
}
