package io.mcpgateway.controller.desired;

import io.mcpgateway.api.contract.ObjectNames;
import java.util.Map;
import java.util.TreeMap;

/** The labels of our objects. */
public final class ObjectLabels {
    private ObjectLabels() {}

    /** Labels that only the broker's pods have, for selectors. */
    public static Map<String, String> brokerSelector() {
        return sorted(Map.of(
                ObjectNames.LABEL_APP, ObjectNames.BROKER,
                ObjectNames.LABEL_NAME, ObjectNames.BROKER,
                ObjectNames.LABEL_COMPONENT, ObjectNames.COMPONENT_BROKER));
    }

    /** Labels of the broker's objects and pods. */
    public static Map<String, String> broker() {
        Map<String, String> labels = new TreeMap<>(brokerSelector());
        labels.put(ObjectNames.LABEL_MANAGED_BY, ObjectNames.CONTROLLER);
        return labels;
    }

    /** Labels of objects that belong to the gateway, but not to the broker's workload. */
    static Map<String, String> managed() {
        return sorted(Map.of(
                ObjectNames.LABEL_NAME, ObjectNames.BROKER, ObjectNames.LABEL_MANAGED_BY, ObjectNames.CONTROLLER));
    }

    static Map<String, String> sorted(Map<String, String> labels) {
        return new TreeMap<>(labels);
    }
}
