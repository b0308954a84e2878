package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtensionSpec;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The ClusterRole permits exactly what the controller asks for in a life that uses everything it can do. */
class RbacTest {
    /** What this life does not need, and why it is in the role. */
    private static final Set<String> NOT_SEEN = Set.of(
            // Only a real API server refuses a change of roleRef.
            "rbac.authorization.k8s.io/rolebindings delete",
            // Only the admission plugin OwnerReferencesPermissionEnforcement asks for it.
            "mcp.kagenti.com/mcpgatewayextensions/finalizers update");

    private final ControllerHarness world = new ControllerHarness();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void theRolePermitsWhatIsUsedAndNoWriteBeyond() {
        liveFully();

        Set<String> used = Permissions.used(world.cluster.requests());
        Set<String> permitted = Permissions.of(Permissions.ROLE);
        assertThat(permitted).containsAll(used);
        assertThat(permitted)
                .filteredOn(permission -> !permission.endsWith(" get"))
                .filteredOn(permission -> !NOT_SEEN.contains(permission))
                .isSubsetOf(used);
    }

    private void liveFully() {
        world.withWorld();
        change(extension -> ObjectEdits.withTrustedHeaders(extension, "trusted"));
        world.start();
        world.awaitReady();
        scale(2);
        eventually(() -> !world.ours(PodDisruptionBudget.class).isEmpty());
        for (var kind : List.of(
                Deployment.class,
                Service.class,
                ServiceAccount.class,
                Role.class,
                RoleBinding.class,
                PodDisruptionBudget.class,
                Secret.class,
                HTTPRoute.class,
                EnvoyFilter.class)) {
            tamper(kind);
        }
        scale(1);
        eventually(() -> world.ours(PodDisruptionBudget.class).isEmpty());
        world.client
                .resource(world.get(Secret.class, ControllerHarness.NAMESPACE, "trusted-private"))
                .delete();
        eventually(() -> world.ours(Secret.class).contains("mcp-system/trusted-private"));
        change(ObjectEdits::withoutRoute);
        eventually(() -> world.ours(HTTPRoute.class).isEmpty());
        world.client.resource(world.registration()).delete();
        world.client.resource(world.get(MCPVirtualServer.class, "team", "dev")).delete();
        world.client.resource(extension()).delete();
        eventually(() -> world.ours(EnvoyFilter.class).isEmpty());
        eventually(() -> world.client
                .resources(MCPGatewayExtension.class)
                .inAnyNamespace()
                .list()
                .getItems()
                .isEmpty());
    }

    /** Changes a label, which the controller puts back; a key pair that is complete is left alone. */
    private <T extends HasMetadata> void tamper(Class<T> kind) {
        for (T object : world.client.resources(kind).inAnyNamespace().list().getItems()) {
            if (!ControllerHarness.isOurs(object)
                    || object.getMetadata().getName().startsWith("trusted")) {
                continue;
            }
            ObjectMeta metadata = object.getMetadata();
            world.change(kind, metadata.getNamespace(), metadata.getName(), copy -> {
                Map<String, String> labels = new HashMap<>(copy.getMetadata().getLabels());
                labels.put("app.kubernetes.io/name", "tampered");
                copy.getMetadata().setLabels(labels);
            });
            eventually(() -> "mcp-gateway"
                    .equals(world.get(
                                    kind,
                                    object.getMetadata().getNamespace(),
                                    object.getMetadata().getName())
                            .getMetadata()
                            .getLabels()
                            .get("app.kubernetes.io/name")));
        }
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(ControllerHarness.LONG).ignoreExceptions().until(condition);
    }

    private void change(UnaryOperator<MCPGatewayExtensionSpec> change) {
        world.change(
                MCPGatewayExtension.class,
                ControllerHarness.NAMESPACE,
                "mcp",
                extension -> extension.setSpec(change.apply(extension.getSpec())));
    }

    private void scale(int replicas) {
        world.change(
                Deployment.class,
                ControllerHarness.NAMESPACE,
                "mcp-gateway",
                deployment -> deployment.getSpec().setReplicas(replicas));
    }

    private MCPGatewayExtension extension() {
        return world.get(MCPGatewayExtension.class, ControllerHarness.NAMESPACE, "mcp");
    }
}
