package io.mcpgateway.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The product as a user installs it, once for all scenarios. */
final class Installation {
    static final Subject EXTENSION = Subject.extension("mcp-system", "mcp-gateway");
    static final Subject BROKER = Subject.of("deployment", "mcp-system", "mcp-gateway");
    static final Subject GATEWAY = Subject.of("gateway", "gateway-system", "mcp-gateway");
    static final String PUBLIC_HOST = "mcp.127-0-0-1.sslip.io";

    private static @Nullable Installation installed;
    private static String failure = "";

    private final ProjectFolder project = ProjectFolder.locate();
    private final Cluster cluster;
    private final Kubectl kubectl;

    private Installation(Cluster cluster) {
        this.cluster = cluster;
        this.kubectl = cluster.kubectl();
    }

    /** The installation; the first call installs it and waits until the fixtures' servers are served. No retries. */
    static synchronized Installation ready() {
        if (installed != null) {
            return installed;
        }
        if (!failure.isEmpty()) {
            throw new IllegalStateException("the installation failed already: " + failure);
        }
        try {
            Installation installation = new Installation(Cluster.underTest());
            installation.install();
            installed = installation;
            return installation;
        } catch (RuntimeException | AssertionError e) {
            System.out.println("    not installed: " + e);
            System.out.println(UnreadyPods.lastWords(Cluster.underTest().kubectl()));
            failure = e.toString();
            throw e;
        }
    }

    Kubectl kubectl() {
        return kubectl;
    }

    /** The bed, for scenarios that only run there. */
    Bed bed() {
        if (cluster instanceof Bed bed) {
            return bed;
        }
        throw new IllegalStateException("this scenario needs the bed, not " + cluster);
    }

    ProjectFolder project() {
        return project;
    }

    /** A file of src/test/resources/bed. */
    String fixture(String name) {
        Path file = project.resolve("e2e/src/test/resources/bed").resolve(name);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The port of this machine that leads to port 8080 of a Gateway. */
    int port(Subject gateway) {
        return port(gateway, 8080);
    }

    /** The port of this machine that leads to a port of a Gateway. */
    int port(Subject gateway, int listener) {
        Subject service = Subject.of("service", gateway.namespace(), gateway.name() + "-istio");
        String path = "{.spec.ports[?(@.port==" + listener + ")].nodePort}";
        return cluster.port(Integer.parseInt(
                kubectl.await(gateway, "a node port", () -> kubectl.field(service, path), text -> !text.isEmpty())));
    }

    URI url() {
        return URI.create("http://" + PUBLIC_HOST + ":" + port(GATEWAY) + "/mcp");
    }

    McpClient connect() throws IOException {
        return McpClient.connect(url());
    }

    /** Waits until a new client sees a list of tools that meets the condition. */
    List<String> awaitTools(URI url, String wanted, Predicate<List<String>> test) {
        return kubectl.await(EXTENSION, "tools/list of " + url + " with " + wanted, () -> tools(url), test);
    }

    /** The response of the Gateway's Envoy at this path of its admin interface. */
    String envoy(String path) {
        return kubectl.run(
                "exec",
                "-n",
                "gateway-system",
                "deployment/mcp-gateway-istio",
                "--",
                "curl",
                "-s",
                "localhost:15000" + path);
    }

    /** The tools that a new client sees, or the reason if it sees none. */
    static List<String> tools(URI url) {
        try (McpClient client = McpClient.connect(url)) {
            return client.tools().stream()
                    .map((JsonNode tool) -> tool.path("name").asText())
                    .toList();
        } catch (IOException | IllegalStateException e) {
            return List.of("(" + e.getMessage() + ")");
        }
    }

    private void install() {
        step("images, Gateway API, Istio", cluster::prepare);
        step("Gateway, sample servers", () -> {
            kubectl.apply(fixture("gateway.yaml"));
            kubectl.apply(fixture("servers.yaml"));
        });
        step("CRDs, RBAC, controller", () -> {
            kubectl.apply(Yaml.namespace("mcp-system"));
            kubectl.run("apply", "-k", project.resolve("config/crd").toString());
            kubectl.run(
                    "apply",
                    "-n",
                    "mcp-system",
                    "-f",
                    project.resolve("config/rbac/role.yaml").toString());
            kubectl.apply(fixture("controller.yaml"));
            kubectl.run("rollout", "status", "-n", "mcp-system", "deployment/mcp-gateway-controller", "--timeout=90s");
        });
        step("Gateway and servers up", () -> {
            kubectl.run(
                    "wait",
                    "-n",
                    "gateway-system",
                    "--for=condition=Programmed",
                    "gateway/mcp-gateway",
                    "--timeout=90s");
            kubectl.run("wait", "-n", "mcp-test", "--for=condition=Available", "deployment", "--all", "--timeout=90s");
        });
        step("extension Ready", () -> {
            kubectl.apply(fixture("extension.yaml"));
            kubectl.awaitReady(EXTENSION);
        });
        step("registrations Ready", () -> {
            kubectl.apply(fixture("registrations.yaml"));
            kubectl.awaitReady(Subject.registration("server1"));
            kubectl.awaitReady(Subject.registration("server2"));
        });
    }

    private static void step(String text, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        System.out.printf("    %-40s %5.1f s%n", text, (System.nanoTime() - begin) / 1e9);
    }
}
