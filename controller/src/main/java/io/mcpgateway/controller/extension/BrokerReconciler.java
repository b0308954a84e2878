package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.cluster.ClusterReader;
import io.mcpgateway.controller.cluster.ObjectWriter;
import io.mcpgateway.controller.desired.BrokerDeployment;
import io.mcpgateway.controller.desired.BrokerPodDisruptionBudget;
import io.mcpgateway.controller.desired.BrokerRole;
import io.mcpgateway.controller.desired.BrokerRoleBinding;
import io.mcpgateway.controller.desired.BrokerService;
import io.mcpgateway.controller.desired.BrokerServiceAccount;
import io.mcpgateway.controller.desired.BrokerWorkload;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Keeps the broker's workload in the extension's namespace: what runs, as whom, and how it is reached. */
public final class BrokerReconciler {
    private final ClusterReader cluster;
    private final ObjectWriter writer;
    private final KeyReconciler keys;
    private final BrokerImage image;

    /** @param image what the Deployment runs */
    public BrokerReconciler(ClusterReader cluster, ObjectWriter writer, KeyReconciler keys, BrokerImage image) {
        this.cluster = cluster;
        this.writer = writer;
        this.keys = keys;
        this.image = image;
    }

    /** The Deployment as it is then. */
    Deployment reconcile(MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        ExtensionOwner owner = ExtensionOwner.of(extension);
        String namespace = owner.namespace();
        keys.reconcile(extension);
        writer.apply(cluster.serviceAccount(namespace).orElse(null), BrokerServiceAccount.desired(owner));
        writer.apply(cluster.role(namespace).orElse(null), BrokerRole.desired(owner));
        writer.apply(cluster.roleBinding(namespace).orElse(null), BrokerRoleBinding.desired(owner));
        Deployment deployment = writer.apply(
                cluster.deployment(namespace).orElse(null), BrokerDeployment.desired(owner, workload(extension, plan)));
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
        present.filter(budget -> isOwned(budget, owner)).ifPresent(writer::delete);
    }

    private BrokerWorkload workload(MCPGatewayExtension extension, ExtensionPlan.Proceed plan) {
        var spec = extension.getSpec();
        return new BrokerWorkload(
                image.name(),
                image.pullPolicy(),
                plan.publicHost(),
                plan.privateHost(),
                spec.backendPingIntervalSeconds(),
                Optional.ofNullable(spec.trustedHeadersKey()).map(key -> key.secretName()),
                Optional.ofNullable(spec.sessionStore()).map(store -> store.secretName()),
                BrokerFlags.of(spec),
                BrokerVariables.of(spec, plan.publicHost()));
    }

    /** Whether the object goes with the extension. */
    static boolean isOwned(HasMetadata object, ExtensionOwner owner) {
        List<OwnerReference> owners =
                Objects.requireNonNullElse(object.getMetadata().getOwnerReferences(), List.of());
        return owners.stream().anyMatch(reference -> owner.uid().equals(reference.getUid()));
    }

    /** The HTTPRoute that the controller keeps. */
    static ObjectKey routeKey(ExtensionOwner owner) {
        return new ObjectKey(owner.namespace(), ObjectNames.ROUTE);
    }
}
