package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.mcpgateway.controller.desired.ConfigSize;
import io.mcpgateway.controller.fleet.BrokerFleet;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of an accepted extension.
 *
 * @param deployment the broker's, as it is now
 * @param fleet the ready brokers and what they run
 * @param config of what the brokers should run
 * @param takers routes that take clients' requests away from the broker
 */
public record ExtensionReadiness(
        Optional<Deployment> deployment, BrokerFleet fleet, ConfigSize config, List<ObjectKey> takers) {
    public ExtensionReadiness {
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(fleet, "fleet");
        Objects.requireNonNull(config, "config");
        takers = List.copyOf(takers);
    }

    /** At least one replica, all of them ready, and the numbers are about the present spec. */
    boolean isDeploymentReady() {
        return deployment
                .filter(present -> present.getStatus() != null && isCurrent(present))
                .map(present -> ready(present) > 0 && ready(present) == replicas(present))
                .orElse(false);
    }

    /** How far the Deployment is, for a message. */
    String progress() {
        return deployment
                .filter(present -> present.getStatus() != null)
                .map(present -> !isCurrent(present)
                        ? "its newest version has not been rolled out yet"
                        : "%d of %d replicas ready".formatted(ready(present), replicas(present)))
                .orElse("it has not started yet");
    }

    private static boolean isCurrent(Deployment deployment) {
        Long generation = deployment.getMetadata().getGeneration();
        Long observed = deployment.getStatus().getObservedGeneration();
        return generation == null || observed == null || observed >= generation;
    }

    private static int ready(Deployment deployment) {
        return count(deployment.getStatus().getReadyReplicas());
    }

    private static int replicas(Deployment deployment) {
        DeploymentStatus status = deployment.getStatus();
        return count(status.getReplicas());
    }

    private static int count(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
