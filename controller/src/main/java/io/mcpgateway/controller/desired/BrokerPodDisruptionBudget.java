package io.mcpgateway.controller.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.mcpgateway.api.contract.ObjectNames;
import java.util.Optional;

/** Keeps a node drain from taking all brokers at once. */
public final class BrokerPodDisruptionBudget {
    private BrokerPodDisruptionBudget() {}

    /** Empty for a single replica, where a budget would only block drains; an existing one is then deleted. */
    public static Optional<PodDisruptionBudget> desired(ExtensionOwner owner, int replicas) {
        if (replicas <= 1) {
            return Optional.empty();
        }
        return Optional.of(new PodDisruptionBudgetBuilder()
                .withMetadata(owner.metadata(ObjectNames.BROKER, ObjectLabels.broker()))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withNewSelector()
                .withMatchLabels(ObjectLabels.brokerSelector())
                .endSelector()
                .endSpec()
                .build());
    }
}
