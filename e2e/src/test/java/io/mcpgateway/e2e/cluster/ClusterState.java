package io.mcpgateway.e2e.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The state that a controller leaves in a cluster, without the parts that differ each time: versions, times, addresses,
 * generated keys.
 *
 * @param objects JSON by kind, namespace and name
 */
record ClusterState(SortedMap<String, String> objects) {
    private static final String OWNED =
            "deployment,service,serviceaccount,role,rolebinding,secret,httproute,envoyfilter,poddisruptionbudget";
    private static final String OURS = "mcpgatewayextension,mcpserverregistration,mcpvirtualserver";
    private static final Set<String> PASSING = Set.of(
            "resourceVersion",
            "uid",
            "generation",
            "observedGeneration",
            "creationTimestamp",
            "lastTransitionTime",
            "managedFields",
            "clusterIP",
            "clusterIPs",
            "deployment.kubernetes.io/revision",
            "kubectl.kubernetes.io/last-applied-configuration");
    private static final String STATUS = "status of ";
    private static final Pattern READY = Pattern.compile("\"status\":\"True\",\"type\":\"Ready\"");
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    /** The current state. */
    static ClusterState of(Kubectl kubectl) {
        SortedMap<String, String> objects = new TreeMap<>();
        items(kubectl, OWNED, "-l", "app.kubernetes.io/managed-by=mcp-gateway-controller")
                .forEach(object -> put(objects, object, object.path("kind").asText()));
        items(kubectl, OURS)
                .forEach(object -> put(objects, object, object.path("kind").asText()));
        items(kubectl, "gateway,httproute").forEach(object -> {
            String kind = object.path("kind").asText();
            ((ObjectNode) object.path("metadata")).retain("namespace", "name");
            put(objects, ((ObjectNode) object).retain("metadata", "status"), STATUS + kind);
        });
        return new ClusterState(objects);
    }

    /** Whether no object of the product exists. */
    boolean isEmpty() {
        return objects.keySet().stream().allMatch(ClusterState::isStatus);
    }

    /** Whether every object of our own kinds says that it is ready. */
    boolean isReady() {
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith("MCP"))
                .allMatch(object -> READY.matcher(object.getValue()).find());
    }

    /** One line for each object that differs from the other state. */
    List<String> differences(ClusterState other) {
        TreeSet<String> keys = new TreeSet<>(objects.keySet());
        keys.addAll(other.objects.keySet());
        return keys.stream()
                .filter(key -> !objects.getOrDefault(key, "").equals(other.objects.getOrDefault(key, "")))
                .map(key -> key + "\n  is        " + objects.get(key) + "\n  should be " + other.objects.get(key))
                .toList();
    }

    private static List<JsonNode> items(Kubectl kubectl, String kinds, String... more) {
        List<String> arguments = Stream.concat(Stream.of("get", kinds, "-A", "-o", "json"), Stream.of(more))
                .toList();
        try {
            JsonNode list = JSON.readTree(kubectl.run(arguments.toArray(String[]::new)));
            return list.path("items").valueStream().toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("kubectl printed no JSON", e);
        }
    }

    private static void put(SortedMap<String, String> objects, JsonNode object, String sort) {
        JsonNode metadata = object.path("metadata");
        String key = sort + " " + metadata.path("namespace").asText() + "/"
                + metadata.path("name").asText();
        if (key.startsWith("Deployment ")) {
            ((ObjectNode) object).remove("status");
        }
        if (key.startsWith("Secret ") && !key.endsWith("/mcp-gateway-config")) {
            ((ObjectNode) object)
                    .replace(
                            "data",
                            JSON.valueToTree(object.path("data")
                                    .propertyStream()
                                    .map(Map.Entry::getKey)
                                    .sorted()
                                    .toList()));
        }
        objects.put(key, text(lasting(object)));
    }

    private static boolean isStatus(String key) {
        return key.startsWith(STATUS);
    }

    private static JsonNode lasting(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(PASSING);
            object.forEach(ClusterState::lasting);
        } else if (node instanceof ArrayNode array) {
            array.forEach(ClusterState::lasting);
        }
        return node;
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(JSON.treeToValue(node, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
