package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Controllers as processes on this machine, with the permissions of their ServiceAccount. Between them and the
 * API server are an {@link ApiProxy} and, for TLS and the token, a {@code kubectl proxy}.
 */
final class ControllerProcess implements AutoCloseable {
    private final ProjectFolder project;
    private final Path folder;
    private final ChildProcess kubectl;
    private final ApiProxy proxy;

    private ControllerProcess(ProjectFolder project, Path folder, ChildProcess kubectl, ApiProxy proxy) {
        this.project = project;
        this.folder = folder;
        this.kubectl = kubectl;
        this.proxy = proxy;
    }

    /** Prepares the connection to the API server. */
    static ControllerProcess through(Installation installation) throws IOException {
        ProjectFolder project = installation.project();
        Path folder = Files.createDirectories(project.resolve("e2e/target/controller"));
        int port = FreePort.next();
        ApiProxy proxy = ApiProxy.start(port);
        Files.writeString(folder.resolve("kubectl.kubeconfig"), towardsApiServer(installation.kubectl()));
        Files.writeString(folder.resolve("kubeconfig"), towards(proxy));
        List<String> command = List.of(
                "kubectl",
                "--kubeconfig=" + folder.resolve("kubectl.kubeconfig"),
                "proxy",
                "--port=" + port,
                "--disable-filter");
        return new ControllerProcess(
                project,
                folder,
                ChildProcess.start("kubectl-proxy", command, Map.of(), folder.resolve("kubectl.log")),
                proxy);
    }

    ApiProxy proxy() {
        return proxy;
    }

    /** The log of all controllers that are started. */
    Path log() {
        return folder.resolve("controller.log");
    }

    ChildProcess start() throws IOException {
        return ChildProcess.start(
                "controller",
                List.of(
                        ProjectFolder.java(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        // Written by the first one that ends normally; the others start in half the time.
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + folder.resolve("controller.jsa"),
                        "-jar",
                        project.resolve("controller/target/mcp-gateway-controller.jar")
                                .toString(),
                        "--leader-elect=false",
                        "--health-port=0",
                        "--metrics-port=0"),
                Map.of(
                        "KUBECONFIG", folder.resolve("kubeconfig").toString(),
                        "HTTP2_DISABLE", "true",
                        "NAMESPACE", "mcp-system",
                        "RELATED_IMAGE_ROUTER_BROKER", "example.org/mcp-gateway:dev"),
                log());
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        kubectl.close();
    }

    private static String towards(ApiProxy proxy) {
        return """
                apiVersion: v1
                kind: Config
                current-context: controller
                contexts: [{name: controller, context: {cluster: proxy, user: nobody}}]
                clusters: [{name: proxy, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: nobody, user: {}}]
                """.formatted(proxy.port());
    }

    private static String towardsApiServer(Kubectl kubectl) {
        String cluster = kubectl.run(
                "config",
                "view",
                "--minify",
                "--flatten",
                "-o",
                "jsonpath={.clusters[0].cluster.server}{' '}{.clusters[0].cluster.certificate-authority-data}");
        String[] parts = cluster.split(" ", 2);
        String token = kubectl.run("create", "token", "mcp-gateway-controller", "-n", "mcp-system", "--duration=1h");
        return """
                apiVersion: v1
                kind: Config
                current-context: controller
                contexts: [{name: controller, context: {cluster: api, user: controller}}]
                clusters: [{name: api, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: controller, user: {token: "%s"}}]
                """.formatted(parts[0], parts[1], token);
    }
}
