package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The product as it is shipped: the chart, config/ and the contents of its images, installed with the commands of
 * docs/install.md. Their output is kept in a transcript.
 */
final class Shipped {
    static final Subject CONTROLLER = Subject.of("deployment", "mcp-system", "mcp-gateway-controller");

    private static final Path TRANSCRIPT = Path.of("e2e/target/install-transcript.txt");
    private static final String OWN_KINDS = "deployment,service,serviceaccount,role,rolebinding,secret,httproute,"
            + "envoyfilter,poddisruptionbudget,configmap,job,pod,referencegrant,lease";

    private final Bed bed = Bed.around();
    private final Kubectl kubectl = bed.kubectl();

    Kubectl kubectl() {
        return kubectl;
    }

    Path project(String relative) {
        return bed.project().resolve(relative);
    }

    /** A Gateway and MCP servers, which exist before the product is installed. */
    void prepare() {
        registerImages();
        say("kubectl", "apply", "-k", "config/istio");
        say("kubectl", "apply", "-k", "config/test-servers");
        kubectl.run("wait", "-n", "mcp-test", "--for=condition=Available", "deployment", "--all", "--timeout=90s");
        kubectl.run(
                "wait", "-n", "gateway-system", "--for=condition=Programmed", "gateway/mcp-gateway", "--timeout=90s");
    }

    /** The Pods' processes only see what is in their image. */
    private void registerImages() {
        StringBuilder images = new StringBuilder("images:\n");
        image(images, "mcp-gateway", "broker", "io.mcpgateway.broker.BrokerMain");
        image(images, "mcp-gateway-controller", "controller", "io.mcpgateway.controller.ControllerMain");
        image(images, "mcp-gateway-sample-server", "sample-server", "io.mcpgateway.e2e.servers.SampleServerMain");
        String run = System.getenv()
                .getOrDefault("MCP_GATEWAY_BED_RUN", project("e2e/bed/.run").toString());
        try {
            Files.writeString(Path.of(run, "images.d", "shipped.yaml"), images);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void image(StringBuilder images, String name, String folder, String main) {
        Path root = project("target/images").resolve(folder).resolve("root");
        if (!Files.exists(root.resolve("app/java.options"))) {
            throw new IllegalStateException("not built: " + root + "; scripts/e2e.sh builds it");
        }
        images.append("- {name: ").append(name).append(", rootfs: ").append(root);
        images.append(", workdir: /app, entrypoint: [/opt/java/bin/java, '@/app/java.options', ")
                .append(main)
                .append("]}\n");
    }

    /** Runs a command in the project's folder, as a user would, and keeps it and its output in the transcript. */
    String say(String... command) {
        Command.Result result = attempt(command);
        if (!result.succeeded()) {
            System.out.println(UnreadyPods.lastWords(kubectl));
        }
        String output = result.orFail();
        record("$ " + String.join(" ", command) + "\n" + output + "\n\n");
        return output;
    }

    Command.Result attempt(String... command) {
        List<String> inProject = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\""));
        inProject.add(bed.project().resolve("").toString());
        inProject.addAll(List.of(command));
        return Command.run(inProject, "");
    }

    void record(String text) {
        try {
            Files.writeString(
                    bed.project().resolve(TRANSCRIPT.toString()),
                    text,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        Subject service = Subject.of("service", "gateway-system", "mcp-gateway-istio");
        String port = kubectl.await(
                Installation.GATEWAY,
                "a node port",
                () -> kubectl.field(service, "{.spec.ports[?(@.port==8080)].nodePort}"),
                text -> !text.isEmpty());
        return URI.create("http://" + Installation.PUBLIC_HOST + ":" + port + "/mcp");
    }

    /** Waits until a new session lists a tool. */
    void awaitTool(String tool) {
        URI url = url();
        kubectl.await(
                CONTROLLER,
                "tools/list of " + url + " with " + tool,
                () -> Installation.tools(url),
                list -> list.contains(tool));
    }

    /** A whole session: initialize, list, a call to each of two servers, and the end. */
    void useGateway() throws IOException {
        awaitTool("test1_greet");
        awaitTool("test2_hello_world");
        try (McpClient client = McpClient.connect(url())) {
            record("tools/call test1_greet: "
                    + client.call("test1_greet", "{\"name\":\"e2e\"}").text() + "\n");
            String text = client.call("test2_hello_world", "{\"name\":\"e2e\"}").text();
            if (!"Hello, e2e!".equals(text)) {
                throw new AssertionError("test2_hello_world said: " + text);
            }
            record("tools/call test2_hello_world: " + text + "\n\n");
        }
    }

    /** The names of everything with our label, in all namespaces, except Gateways. */
    String leftovers() {
        StringBuilder found = new StringBuilder();
        for (String label : List.of(
                "app.kubernetes.io/managed-by=mcp-gateway-controller",
                "app.kubernetes.io/name=mcp-gateway",
                "app=mcp-controller",
                "app=mcp-gateway")) {
            found.append(kubectl.run("get", OWN_KINDS, "-A", "-l", label, "-o", "name"));
            found.append(kubectl.run("get", "clusterrole,clusterrolebinding", "-l", label, "-o", "name"));
        }
        return found.toString().strip();
    }

    void awaitNothingLeft() {
        kubectl.await(Installation.GATEWAY, "nothing of the product left", this::leftovers, String::isEmpty);
        String marks = kubectl.field(Installation.GATEWAY, "{.status}");
        if (marks.contains("MCPGatewayExtension")) {
            throw new AssertionError("the Gateway still carries a mark: " + marks);
        }
    }
}
