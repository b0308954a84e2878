package io.mcpgateway.controller.doctor.objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mcpgateway.controller.doctor.facts.ClusterView;
import java.util.List;
import java.util.Map;

/** Objects by their labels. */
public final class Labels {
    /** On istiod's Deployment and Pods, whatever its revision, and on those of others. */
    public static final String APP = "app";

    public static final String ISTIOD = "istiod";

    private Labels() {}

    public static boolean isIstiod(Deployment deployment) {
        return has(deployment, APP, ISTIOD);
    }

    public static boolean has(HasMetadata object, String label, String value) {
        return object.getMetadata().getLabels() != null
                && value.equals(object.getMetadata().getLabels().get(label));
    }

    public static boolean hasAll(HasMetadata object, Map<String, String> labels) {
        return object.getMetadata().getLabels() != null
                && object.getMetadata().getLabels().entrySet().containsAll(labels.entrySet());
    }

    public static List<Pod> pods(ClusterView cluster, String namespace, String label, String value) {
        return cluster.in(Pod.class, namespace).stream()
                .filter(pod -> has(pod, label, value))
                .toList();
    }
}
