package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.e2e.cluster.Cluster.Choice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.io.TempDir;

/** What can be tested about choosing a cluster without having one. */
class ClusterTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theBedIsMeantUnlessAnotherIsNamed() {
        assertThat(Cluster.choice(null)).isEqualTo(Choice.BED);
        assertThat(Cluster.choice("")).isEqualTo(Choice.BED);
        assertThat(Cluster.choice("k3s")).isEqualTo(Choice.K3S);
        assertThat(Cluster.choice("kubeconfig")).isEqualTo(Choice.KUBECONFIG);
        assertThatThrownBy(() -> Cluster.choice("K3S")).hasMessage("E2E_CLUSTER is bed, k3s or kubeconfig, not K3S");
    }

    @Test
    void aNodePortIsReachedWhereItIsPublished() {
        ReachableCluster published = new ReachableCluster(Path.of("k"), Map.of(30_001, 49_153, 30_000, 49_152));

        assertThat(published.port(30_001)).isEqualTo(49_153);
        assertThatThrownBy(() -> published.port(31_000))
                .hasMessage("node port 31000 is not published; these are: [30000, 30001]");
        assertThat(new ReachableCluster(Path.of("k"), Map.of()).port(31_000)).isEqualTo(31_000);
    }

    @Test
    void aKubeconfigHasToBeAFile() {
        assertThatThrownBy(() -> ReachableCluster.ofKubeconfig(null)).hasMessageContaining("it is null");
        assertThatThrownBy(() ->
                        ReachableCluster.ofKubeconfig(folder.resolve("none").toString()))
                .hasMessageContaining("none");
    }

    @Test
    void withoutDockerScenariosAreSkippedAndSayWhy() {
        ConditionEvaluationResult skipped = DockerCondition.result("no socket");

        assertThat(skipped.isDisabled()).isTrue();
        assertThat(skipped.getReason())
                .hasValue("Docker is not reachable: no socket; the same scenarios run on the bed: make e2e");
        assertThat(DockerCondition.result("").isDisabled()).isFalse();
    }

    @Test
    void istioComesFromARepositoryOrAFolder() throws Exception {
        Mesh published = new Mesh("crds.yaml", "https://charts.example", "1.2.3", List.of());
        Mesh local = new Mesh(
                "crds.yaml", Files.createDirectory(folder.resolve("charts")).toString(), "x", List.of());

        assertThat(published.command(Path.of("k"), "istiod", "istiod", List.of("--values=v.yaml")))
                .containsExactly(
                        "helm",
                        "--kubeconfig=k",
                        "upgrade",
                        "--install",
                        "istiod",
                        "istiod",
                        "--repo=https://charts.example",
                        "--version=1.2.3",
                        "-n",
                        "istio-system",
                        "--create-namespace",
                        "--wait",
                        "--timeout=10m",
                        "--values=v.yaml");
        assertThat(local.command(Path.of("k"), "istio-base", "base", List.of()))
                .contains(folder.resolve("charts/base").toString())
                .noneMatch(argument -> argument.startsWith("--repo"));
        assertThat(published.images()).contains("docker.io/istio/proxyv2:1.2.3");
    }

    /** Few enough to publish all of them, so the API server never assigns one that cannot be reached. */
    @Test
    void k3sGivesNodePortsThatArePublished() {
        assertThat(K3s.arguments("localhost"))
                .startsWith("server")
                .contains("--tls-san=localhost", "--service-node-port-range=30000-30047");
    }
}
