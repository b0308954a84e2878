package io.mcpgateway.controller.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.controller.desired.BrokerDeployment;
import io.mcpgateway.controller.desired.SpecVariables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must change in a live object to match ours. Everything else stays: labels, annotations, finalizers,
 * replicas, variables, flags, volumes, mounts, sidecars, scheduling. Fields that the API server fills in do not count.
 */
public final class Drift {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Drift() {}

    /**
     * The object to write, with the live one's resourceVersion, so a change in between is a conflict; empty if
     * there is nothing to do. {@code live} has the same kind, name and namespace.
     */
    public static <T extends HasMetadata> Optional<T> between(T live, T desired) {
        JsonNode before = JSON.valueToTree(live);
        JsonNode wish = JSON.valueToTree(desired);
        JsonNode base = before;
        if (desired.getKind().equals("Deployment")) {
            base = before.deepCopy();
            fitContainer(base, wish);
        }
        JsonNode after = DriftRules.of(desired.getKind()).merged(base, wish);
        if (after.equals(before)) {
            return Optional.empty();
        }
        try {
            T changed = JSON.readerFor(live.getClass()).readValue(after);
            return Optional.of(changed);
        } catch (IOException impossible) {
            throw new UncheckedIOException("an object could not be read back from its own tree", impossible);
        }
    }

    /**
     * Takes the live container's command line apart: the flags of others join ours. The command goes, because the
     * image has one; the Go project's controller wrote its flags there. Variables that we set once go too.
     */
    private static void fitContainer(JsonNode live, JsonNode wish) {
        ObjectNode ours = container(wish);
        ObjectNode theirs = container(live);
        if (ours == null || theirs == null) {
            return;
        }
        List<String> words = new ArrayList<>(words(theirs.path("command")));
        words.addAll(words(theirs.path("args")));
        theirs.remove("command");
        Set<String> managed = new HashSet<>(BrokerDeployment.MANAGED_FLAGS);
        managed.addAll(SpecVariables.overruledFlags(ours));
        SpecVariables.withdraw(live, theirs, wish, ours);
        ArrayNode arguments = ours.arrayNode();
        LaunchFlags.merged(words(ours.path("args")), words, managed).forEach(arguments::add);
        ours.set("args", arguments);
    }

    private static @Nullable ObjectNode container(JsonNode deployment) {
        for (JsonNode container : deployment.at("/spec/template/spec/containers")) {
            if (container instanceof ObjectNode object
                    && container.path("name").asText().equals(ObjectNames.BROKER)) {
                return object;
            }
        }
        return null;
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
