package io.mcpgateway.controller.doctor.objects;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mcpgateway.controller.doctor.findings.Finding;
import io.mcpgateway.controller.doctor.findings.Link;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Whether the newest version of a Deployment gets to run while an older one still works. */
public final class Rollout {
    /** Beginnings of what the kubelet says of a container that does not start by itself later. */
    private static final List<String> HOPELESS = List.of("ErrImage", "ImagePull", "InvalidImage", "CreateContainer");

    private Rollout() {}

    /**
     * A rollout that is paused, or whose new Pods do not start.
     *
     * @param pods of the Deployment
     */
    public static Optional<Finding> problem(Link link, Deployment deployment, List<Pod> pods) {
        ObjectKey key = ObjectKey.of(deployment);
        String subject = "Deployment " + key;
        if (deployment.getSpec() != null
                && Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
            return Optional.of(Finding.warning(
                            link,
                            "RolloutPaused",
                            subject,
                            "its rollout is paused, so changes of it have no effect yet")
                    .fixedBy("kubectl rollout resume deployment/%s -n %s".formatted(key.name(), key.namespace())));
        }
        List<Pod> stuck = pods.stream().filter(Rollout::isStuck).toList();
        return stuck.stream()
                .findFirst()
                .map(pod -> Finding.warning(
                                link,
                                "RolloutStuck",
                                subject,
                                "its newest version does not start; until it does, the version before it goes on working")
                        .because(Workload.problems(stuck))
                        .fixedBy("kubectl logs %s -n %s --previous --tail=20"
                                .formatted(pod.getMetadata().getName(), key.namespace()))
                        .fixedBy(
                                "kubectl rollout history deployment/%s -n %s   # what changed; kubectl rollout undo takes it back"
                                        .formatted(key.name(), key.namespace())));
    }

    private static boolean isStuck(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && !Workload.isReady(pod)
                && pod.getStatus() != null
                && Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of())
                        .stream()
                        .filter(status -> !Boolean.TRUE.equals(status.getReady()))
                        .anyMatch(Rollout::isStuck);
    }

    private static boolean isStuck(ContainerStatus status) {
        boolean restarted = status.getRestartCount() != null && status.getRestartCount() > 0;
        return restarted
                || (status.getState() != null
                        && status.getState().getWaiting() != null
                        && HOPELESS.stream()
                                .anyMatch(Objects.requireNonNullElse(
                                        status.getState().getWaiting().getReason(), "")::startsWith));
    }
}
