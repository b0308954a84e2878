package io.mcpgateway.controller.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.mcpgateway.api.contract.BrokerLaunch;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;

/**
 * Variables of the broker from fields of the extension that may be removed again. The user may set the same
 * ones while the field is not used; an annotation records which of them were ours, so only those are removed.
 */
public final class SpecVariables {
    private static final String ANNOTATION = "mcp.kagenti.com/variables-from-spec";

    private SpecVariables() {}

    public static ObjectMeta recorded(ObjectMeta metadata, SortedSet<String> names) {
        return names.isEmpty()
                ? metadata
                : new ObjectMetaBuilder(metadata)
                        .addToAnnotations(ANNOTATION, String.join(",", names))
                        .build();
    }

    /** Takes what we set once, and do not wish for any more, out of the live Deployment's tree. */
    public static void withdraw(JsonNode live, JsonNode liveContainer, JsonNode wish, JsonNode wishedContainer) {
        if (!(live.at("/metadata/annotations") instanceof ObjectNode annotations)) {
            return;
        }
        Set<String> withdrawn = new HashSet<>(
                Arrays.asList(annotations.path(ANNOTATION).asText().split(",")));
        wishedContainer.path("env").forEach(variable -> withdrawn.remove(name(variable)));
        if (liveContainer.path("env") instanceof ArrayNode variables) {
            variables.removeIf(variable -> withdrawn.contains(name(variable)));
        }
        if (!wish.at("/metadata/annotations").has(ANNOTATION)) {
            annotations.remove(ANNOTATION);
        }
    }

    /** Flags that would win over a variable of the spec. */
    public static Set<String> overruledFlags(JsonNode wishedContainer) {
        Set<String> flags = new HashSet<>();
        for (JsonNode variable : wishedContainer.path("env")) {
            switch (name(variable)) {
                case BrokerLaunch.ENV_SESSION_STORE -> flags.add(BrokerLaunch.FLAG_SESSION_STORE);
                case BrokerLaunch.ENV_LOG_LEVEL -> flags.add(BrokerLaunch.FLAG_LOG_LEVEL);
                default -> {}
            }
        }
        return flags;
    }

    private static String name(JsonNode variable) {
        return variable.path("name").asText();
    }
}
