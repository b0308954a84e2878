package io.mcpgateway.controller.doctor.objects;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a Deployment and its Pods are, and why a Pod is not ready. */
public final class Workload {
    private Workload() {}

    public static boolean isReady(Deployment deployment) {
        return ready(deployment) > 0 && ready(deployment) >= wanted(deployment);
    }

    public static int ready(Deployment deployment) {
        return deployment.getStatus() == null ? 0 : count(deployment.getStatus().getReadyReplicas());
    }

    /** As the spec asks; 1 if it does not say. */
    public static int wanted(Deployment deployment) {
        return deployment.getSpec() == null || deployment.getSpec().getReplicas() == null
                ? 1
                : deployment.getSpec().getReplicas();
    }

    /** Why the API server refuses its Pods, such as a quota; empty if it does not. */
    public static Optional<String> refusal(Deployment deployment) {
        return deployment.getStatus() == null
                ? Optional.empty()
                : Objects.requireNonNullElse(deployment.getStatus().getConditions(), List.<DeploymentCondition>of())
                        .stream()
                        .filter(condition ->
                                "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                        .findFirst()
                        .map(condition -> "Pods cannot be created: " + text(condition.getMessage()));
    }

    /** The command that shows what may be behind {@link #refusal}. */
    public static String showLimits(ObjectKey deployment) {
        return "kubectl describe resourcequota,limitrange -n %s   # or a policy that admits Pods"
                .formatted(deployment.namespace());
    }

    public static boolean isReady(Pod pod) {
        return conditions(pod)
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** The Pods' problems, each once. */
    public static List<String> problems(List<Pod> pods) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .flatMap(pod -> problem(pod).stream()
                        .map(problem -> "Pod %s/%s: %s"
                                .formatted(
                                        pod.getMetadata().getNamespace(),
                                        pod.getMetadata().getName(),
                                        problem)))
                .distinct()
                .toList();
    }

    /** Why a Pod is not ready; empty if it is. */
    public static Optional<String> problem(Pod pod) {
        if (isReady(pod)) {
            return Optional.empty();
        }
        return statuses(pod)
                .flatMap(status -> container(status).stream())
                .findFirst()
                .or(() -> conditions(pod)
                        .filter(condition ->
                                "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                        .findFirst()
                        .map(condition -> "cannot be scheduled: " + text(condition.getMessage())))
                .or(() -> Optional.of("phase %s, not ready"
                        .formatted(
                                pod.getStatus() == null
                                        ? "unknown"
                                        : text(pod.getStatus().getPhase()))));
    }

    private static Optional<String> container(ContainerStatus status) {
        if (status.getState() != null && status.getState().getWaiting() != null) {
            ContainerStateWaiting waiting = status.getState().getWaiting();
            String last = status.getLastState() == null || status.getLastState().getTerminated() == null
                    ? ""
                    : "; it last ended with exit code %d (%s)"
                            .formatted(
                                    status.getLastState().getTerminated().getExitCode(),
                                    text(status.getLastState().getTerminated().getReason()));
            return Optional.of("container %s waits: %s %s%s"
                    .formatted(status.getName(), text(waiting.getReason()), text(waiting.getMessage()), last)
                    .strip());
        }
        if (status.getState() != null && status.getState().getTerminated() != null) {
            return Optional.of("container %s ended with exit code %d"
                    .formatted(
                            status.getName(), status.getState().getTerminated().getExitCode()));
        }
        return Boolean.TRUE.equals(status.getReady())
                ? Optional.empty()
                : Optional.of("container %s runs, but its readiness probe fails (restarts: %d)"
                        .formatted(status.getName(), count(status.getRestartCount())));
    }

    private static Stream<ContainerStatus> statuses(Pod pod) {
        if (pod.getStatus() == null) {
            return Stream.empty();
        }
        return Stream.concat(
                Objects.requireNonNullElse(pod.getStatus().getInitContainerStatuses(), List.<ContainerStatus>of())
                        .stream()
                        .filter(status -> !Boolean.TRUE.equals(status.getReady())),
                Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of())
                        .stream());
    }

    private static Stream<PodCondition> conditions(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? Stream.empty()
                : pod.getStatus().getConditions().stream();
    }

    private static int count(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
