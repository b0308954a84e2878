package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.installation.LastingRights;
import io.mcpgateway.controller.installation.StartObjects;
import io.mcpgateway.controller.installation.Uninstallation;
import io.mcpgateway.controller.testing.FakeCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** config/install/installation-rights.yaml permits what the controller does for its own installation, and no more. */
class InstallationRightsTest {
    private static final String ACCOUNT = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: mcp-gateway-controller, namespace: mcp-system}
            """;

    private final FakeCluster cluster = new FakeCluster();

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void theyPermitWhatIsUsedAndNoMore() throws Exception {
        comeAndGo();

        Set<String> used = Permissions.used(cluster.requests());
        Set<String> own = Permissions.of(Permissions.INSTALLATION);
        own.addAll(Permissions.of(Permissions.INSTALLATION, "Role"));
        Set<String> all = new TreeSet<>(own);
        all.addAll(Permissions.of(Permissions.ROLE));
        assertThat(all).containsAll(used);
        assertThat(own)
                // Server-side apply is a patch that may create.
                .filteredOn(permission -> !permission.equals("mcp.kagenti.com/mcpgatewayextensions create"))
                .isSubsetOf(used);
    }

    private void comeAndGo() throws IOException, InterruptedException {
        Files.copy(Path.of("..", "config", "install", "extension.yaml"), folder.resolve("extension.yaml"));
        cluster.create(ACCOUNT);
        cluster.create(Files.readString(Permissions.ROLE));
        for (String plural : Set.of("mcpgatewayextensions", "mcpserverregistrations", "mcpvirtualservers")) {
            cluster.create(Files.readString(Path.of("..", "config", "crd", "mcp.kagenti.com_" + plural + ".yaml")));
        }
        try (KubernetesClient client = cluster.connect()) {
            LastingRights rights = new LastingRights(client, "mcp-system", "mcp-gateway-controller");
            // The API server in memory knows no server-side apply; that it was asked is what counts.
            assertThatThrownBy(() -> new StartObjects(client, folder).apply())
                    .isInstanceOf(KubernetesClientException.class);
            rights.secure();
            rights.secure();
            assertThat(rights.isUninstalled()).isFalse();
            Uninstallation uninstallation = new Uninstallation(client, Duration.ofSeconds(1));
            uninstallation.awaitCleanUp(rights::kindsAreLeaving, () -> false);
            uninstallation.letGo(rights::kindsAreLeaving);
            rights.release();
        }
    }
}
