package io.mcpgateway.e2e.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;

/** The product as a user installs it, once for all scenarios. */
final class Installation {
    static final Subject EXTENSION = Subject.extension("mcp-system", "mcp-gateway");
    static final Subject BROKER = Subject.of("deployment", "mcp-system", "mcp-gateway");
    static final Subject GATEWAY = Subject.of("gateway", "gateway-system", "mcp-gateway");
    static final String PUBLIC_HOST = "mcp.127-0-0-1.sslip.io";

    private static boolean installed;

    private final Bed bed = Bed.around();
    private final Kubectl kubectl = new Kubectl();

    /** The installation; the first who asks installs it and waits until the fixtures' servers are served. */
    static synchronized Installation ready() {
        Installation installation = new Installation();
        if (!installed) {
            installation.install();
            installed = true;
        }
        return installation;
    }

    Kubectl kubectl() {
        return kubectl;
    }

    Bed bed() {
        return bed;
    }

    /** The port of this machine that leads to port 8080 of a Gateway. */
    int port(Subject gateway) {
        return port(gateway, 8080);
    }

    /** The port of this machine that leads to a port of a Gateway. */
    int port(Subject gateway, int listener) {
        Subject service = Subject.of("service", gateway.namespace(), gateway.name() + "-istio");
        String path = "{.spec.ports[?(@.port==" + listener + ")].nodePort}";
        return Integer.parseInt(
                kubectl.await(gateway, "a node port", () -> kubectl.field(service, path), text -> !text.isEmpty()));
    }

    URI url() {
        return URI.create("http://" + PUBLIC_HOST + ":" + port(GATEWAY) + "/mcp");
    }

    McpClient connect() throws IOException {
        return McpClient.connect(url());
    }

    /** Waits until a new client sees a list of tools that passes. */
    List<String> awaitTools(URI url, String wanted, Predicate<List<String>> test) {
        return kubectl.await(EXTENSION, "tools/list of " + url + " with " + wanted, () -> tools(url), test);
    }

    /** What Envoy of the Gateway says at this path of its admin interface. */
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

    /** The tools that a new client sees; the reason in place of them if it sees none. */
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
        bed.registerImages();
        step("Gateway, sample servers", () -> {
            kubectl.apply(bed.fixture("gateway.yaml"));
            kubectl.apply(bed.fixture("servers.yaml"));
        });
        step("CRDs, RBAC, controller", () -> {
            kubectl.apply(Yaml.namespace("mcp-system"));
            kubectl.run("apply", "-k", bed.project().resolve("config/crd").toString());
            kubectl.run(
                    "apply",
                    "-n",
                    "mcp-system",
                    "-f",
                    bed.project().resolve("config/rbac/role.yaml").toString());
            kubectl.apply(bed.fixture("controller.yaml"));
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
            kubectl.apply(bed.fixture("extension.yaml"));
            kubectl.awaitReady(EXTENSION);
        });
        step("registrations Ready", () -> {
            kubectl.apply(bed.fixture("registrations.yaml"));
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
