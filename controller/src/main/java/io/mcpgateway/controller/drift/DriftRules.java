package io.mcpgateway.controller.drift;

import static io.mcpgateway.controller.drift.MergeRule.AT_LEAST;
import static io.mcpgateway.controller.drift.MergeRule.EXACT;
import static io.mcpgateway.controller.drift.MergeRule.INITIALLY;
import static io.mcpgateway.controller.drift.MergeRule.byKey;
import static io.mcpgateway.controller.drift.MergeRule.byKeyExcept;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.controller.desired.BrokerDeployment;
import io.mcpgateway.controller.desired.ExtensionOwner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is ours and what is the user's, for each kind of object that the controller keeps. */
final class DriftRules {
    private static final String POD = "spec.template.spec.";
    private static final String CONTAINER = POD + "containers[].";

    private static final Map<String, TreeMerge> BY_KIND = Map.of(
            "Deployment", deployment(),
            "Service", rules(Map.of("spec.selector", EXACT, "spec.ports", new MergeRule.OnlyOurs("name"))),
            "ServiceAccount", rules(Map.of()),
            "Role", rules(Map.of("rules", EXACT)),
            "RoleBinding", rules(Map.of("subjects", EXACT, "roleRef", EXACT)),
            "Secret", rules(Map.of("type", INITIALLY)),
            "HTTPRoute", rules(Map.of("spec", EXACT)),
            "EnvoyFilter", rules(Map.of("spec", EXACT)),
            "PodDisruptionBudget", rules(Map.of("spec", AT_LEAST)));

    private DriftRules() {}

    static TreeMerge of(String kind) {
        TreeMerge rules = BY_KIND.get(kind);
        if (rules == null) {
            throw new IllegalArgumentException("the controller keeps no " + kind);
        }
        return rules;
    }

    private static TreeMerge deployment() {
        Set<String> variables = new HashSet<>(BrokerDeployment.MANAGED_VARIABLES);
        variables.add(BrokerLaunch.ENV_SIGNING_KEY_FALLBACK);
        Map<String, MergeRule> rules = new HashMap<>();
        // It cannot be changed. Our pods keep every label that an older selector may ask for.
        rules.put("spec.selector", INITIALLY);
        rules.put(POD + "volumes", byKey("name"));
        rules.put(POD + "volumes[]", EXACT);
        rules.put(POD + "containers", byKey("name"));
        rules.put(CONTAINER + "env", byKeyExcept("name", variables));
        rules.put(CONTAINER + "env[]", EXACT);
        rules.put(CONTAINER + "ports", new MergeRule.OnlyOurs("name"));
        rules.put(CONTAINER + "ports[]", EXACT);
        rules.put(CONTAINER + "volumeMounts", byKey("mountPath"));
        rules.put(CONTAINER + "volumeMounts[]", EXACT);
        rules.put(CONTAINER + "resources", INITIALLY);
        rules.put(CONTAINER + "startupProbe", AT_LEAST);
        rules.put(CONTAINER + "readinessProbe", AT_LEAST);
        rules.put(CONTAINER + "livenessProbe", AT_LEAST);
        return rules(rules);
    }

    private static TreeMerge rules(Map<String, MergeRule> own) {
        Map<String, MergeRule> rules = new HashMap<>(own);
        rules.put("metadata.ownerReferences", new MergeRule.ByKey("uid", DriftRules::isOtherOwner));
        return new TreeMerge(rules);
    }

    /** Not a former extension: an object has one controller, and a namespace has one extension. */
    private static boolean isOtherOwner(JsonNode reference) {
        return !reference.path("kind").asText().equals(ExtensionOwner.KIND);
    }
}
