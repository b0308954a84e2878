package io.mcpgateway.controller.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.mcpgateway.api.v1alpha1.McpApi;
import io.mcpgateway.controller.testing.FakeCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastingRightsTest {
    private static final String RIGHTS = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: mcp-gateway-controller, namespace: mcp-system, finalizers: [example.com/other]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: mcp-gateway-controller}
            rules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]
            """;

    private final FakeCluster cluster = new FakeCluster();
    private final LastingRights rights = new LastingRights(cluster.client(), "mcp-system", "mcp-gateway-controller");

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void aCopyOfTheRightsBelongsToTheCrds() {
        install();

        rights.secure();

        ClusterRole copy = role("mcp-gateway-controller-uninstall");
        assertThat(copy.getRules()).containsAll(role("mcp-gateway-controller").getRules());
        assertThat(copy.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getName)
                .containsExactlyInAnyOrder(
                        "mcpgatewayextensions.mcp.kagenti.com",
                        "mcpserverregistrations.mcp.kagenti.com",
                        "mcpvirtualservers.mcp.kagenti.com");
        ClusterRoleBinding binding = cluster.client()
                .rbac()
                .clusterRoleBindings()
                .withName("mcp-gateway-controller-uninstall")
                .get();
        assertThat(binding.getRoleRef().getName()).isEqualTo("mcp-gateway-controller-uninstall");
        assertThat(binding.getMetadata().getOwnerReferences()).hasSize(3);
    }

    @Test
    void theCopyFollowsTheRights() {
        install();
        rights.secure();
        ClusterRole own = role("mcp-gateway-controller");
        own.getRules().getFirst().setVerbs(List.of("get", "watch"));
        cluster.client().resource(own).update();

        rights.secure();

        assertThat(role("mcp-gateway-controller-uninstall")
                        .getRules()
                        .getFirst()
                        .getVerbs())
                .containsExactly("get", "watch");
    }

    @Test
    void theAccountStaysUntilItIsLetGo() {
        install();
        rights.secure();
        rights.secure();
        assertThat(account().getMetadata().getFinalizers()).containsExactly("example.com/other", McpApi.FINALIZER);
        assertThat(rights.isUninstalled()).isFalse();

        cluster.client().resource(account()).delete();

        assertThat(rights.isUninstalled()).isTrue();
        rights.release();
        assertThat(account().getMetadata().getFinalizers())
                .as("what belongs to others is theirs")
                .containsExactly("example.com/other");
    }

    @Test
    void anAccountThatIsGoneIsTheEndOfTheInstallation() {
        assertThat(rights.isUninstalled()).isTrue();
        rights.release();
    }

    @Test
    void theKindsLeaveWithTheFirstCrd() {
        install();
        assertThat(rights.kindsAreLeaving()).isFalse();

        cluster.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("mcpvirtualservers.mcp.kagenti.com")
                .delete();

        assertThat(rights.kindsAreLeaving()).isTrue();
    }

    @Test
    void whatIsMissingIsNamed() {
        cluster.create(RIGHTS);

        assertThatThrownBy(rights::secure).hasMessage("there is no CRD mcpgatewayextensions.mcp.kagenti.com");
    }

    private void install() {
        cluster.create(RIGHTS);
        for (String plural : List.of("mcpgatewayextensions", "mcpserverregistrations", "mcpvirtualservers")) {
            cluster.create(text(Path.of("..", "config", "crd", "mcp.kagenti.com_" + plural + ".yaml")));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ClusterRole role(String name) {
        return cluster.client().rbac().clusterRoles().withName(name).get();
    }

    private ServiceAccount account() {
        return cluster.client()
                .serviceAccounts()
                .inNamespace("mcp-system")
                .withName("mcp-gateway-controller")
                .get();
    }
}
