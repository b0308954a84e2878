package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A k3s in a container: containerd and a real kubelet run the images' archives that scripts/image.sh packs. */
final class K3s {
    private static final String IMAGE = "rancher/k3s:v1.34.6-k3s1";
    private static final int FIRST_NODE_PORT = 30_000;
    /** All of them are published, so there are few: enough for all Gateways of a scenario and those being deleted. */
    private static final int NODE_PORTS = 48;

    private static final String IMAGES = "/var/lib/rancher/k3s/agent/images/";
    private static final List<String> ARCHIVES = List.of("broker", "controller", "sample-server");

    /** Most of this time is for pulling k3s's own and Istio's images. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Testcontainers does not remove a container that it may reuse. */
    private static final boolean KEPT = "1".equals(System.getenv("E2E_KEEP"));

    private K3s() {}

    /** Starts it; it ends with this JVM, unless it is kept. */
    static ReachableCluster start() {
        ReachableCluster.namesLeadHere();
        ProjectFolder project = ProjectFolder.locate();
        K3sContainer container = container(project);
        container.start();
        if (KEPT) {
            System.out.println("    k3s stays until: docker rm -f -v " + container.getContainerId());
        } else {
            Runtime.getRuntime().addShutdownHook(new Thread(container::stop, "k3s-end"));
        }
        Map<Integer, Integer> published = new TreeMap<>();
        for (int offset = 0; offset < NODE_PORTS; offset++) {
            published.put(FIRST_NODE_PORT + offset, container.getMappedPort(FIRST_NODE_PORT + offset));
        }
        return new ReachableCluster(kubeconfig(project, container.getKubeConfigYaml()), Map.copyOf(published));
    }

    /** The container as it will be started; nothing here asks Docker for anything but its address. */
    private static K3sContainer container(ProjectFolder project) {
        String image = System.getenv().getOrDefault("E2E_K3S_IMAGE", IMAGE);
        K3sContainer container =
                new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        container.withCommand(arguments(container.getHost()));
        for (int offset = 0; offset < NODE_PORTS; offset++) {
            container.addExposedPorts(FIRST_NODE_PORT + offset);
        }
        for (String name : ARCHIVES) {
            container.withCopyFileToContainer(
                    MountableFile.forHostPath(archive(project, name)), IMAGES + name + ".tar");
        }
        // A text file there lists images to pull before Pods run, so no scenario waits for a registry.
        String pulled = String.join("\n", Mesh.chosen().images()) + "\n";
        container.withCopyToContainer(Transferable.of(pulled), IMAGES + "istio.txt");
        container.withStartupTimeout(LIMIT);
        container.withReuse(KEPT);
        return container;
    }

    /** No ingress controller, because Istio is one; no load balancer, because all Gateways need the same node port. */
    static String[] arguments(String host) {
        return new String[] {
            "server",
            "--disable=traefik",
            "--disable=servicelb",
            "--disable=metrics-server",
            "--disable=local-storage",
            "--tls-san=" + host,
            "--service-node-port-range=" + FIRST_NODE_PORT + "-" + (FIRST_NODE_PORT + NODE_PORTS - 1),
        };
    }

    private static Path archive(ProjectFolder project, String name) {
        Path archive = project.resolve("target/images").resolve(name + ".tar");
        if (!Files.exists(archive)) {
            throw new IllegalStateException("not built: " + archive + "; scripts/k3s.sh builds it");
        }
        return archive;
    }

    private static Path kubeconfig(ProjectFolder project, String text) {
        Path file = project.resolve("e2e/target/k3s/kubeconfig");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
