package io.mcpgateway.controller.reconcile;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.desired.BrokerDeployment;
import io.mcpgateway.controller.desired.BrokerPodDisruptionBudget;
import io.mcpgateway.controller.desired.BrokerRole;
import io.mcpgateway.controller.desired.BrokerRoleBinding;
import io.mcpgateway.controller.desired.BrokerService;
import io.mcpgateway.controller.desired.BrokerServiceAccount;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.extension.BrokerImage;
import io.mcpgateway.controller.extension.BrokerWorkloads;
import io.mcpgateway.controller.extension.ExtensionPlan;
import java.util.Objects;

/** Keeps the broker's workload in the extension's namespace: what runs, as whom, and how it is reached. */
public final class BrokerObjects {
    private final ClusterReader cluster;
    private final ObjectWriter writer;
    private final BrokerKeys keys;
    private final BrokerImage image;

    /** @param image what the Deployment runs */
    public BrokerObjects(ClusterReader cluster, ObjectWriter writer, BrokerKeys keys, BrokerImage image) {
        this.cluster = cluster;
        this.writer = writer;
        this.keys = keys;
        this.image = image;
    }

    /** The Deployment after that. */
    Deployment keep(MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        String namespace = owner.namespace();
        keys.keep(extension);
        writer.apply(cluster.serviceAccount(namespace).orElse(null), BrokerServiceAccount.desired(owner));
        writer.apply(cluster.role(namespace).orElse(null), BrokerRole.desired(owner));
        writer.apply(cluster.roleBinding(namespace).orElse(null), BrokerRoleBinding.desired(owner));
        Deployment deployment = writer.apply(
                cluster.deployment(namespace).orElse(null),
                BrokerDeployment.desired(owner, BrokerWorkloads.of(extension, plan, image)));
        writer.apply(cluster.service(namespace).orElse(null), BrokerService.desired(owner));
        disruptionBudget(owner, deployment);
        return deployment;
    }

    private void disruptionBudget(ExtensionOwner owner, Deployment deployment) {
        int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        var present = cluster.disruptionBudget(owner.namespace());
        var desired = BrokerPodDisruptionBudget.desired(owner, replicas);
        if (desired.isPresent()) {
            writer.apply(present.orElse(null), desired.get());
            return;
        }
        present.filter(owner::owns).ifPresent(writer::delete);
    }
}
