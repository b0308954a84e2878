package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The local cluster of e2e/bed, inside which these tests run, and the programs that replace images there. */
record Bed(ProjectFolder project) implements Cluster {
    private static final String JVM = " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx";

    /**
     * The bed around this process.
     *
     * @throws IllegalStateException outside of a bed
     */
    static Bed around() {
        if (System.getenv("KUBECONFIG") == null) {
            throw new IllegalStateException("these tests run inside the bed: make e2e");
        }
        return new Bed(ProjectFolder.locate());
    }

    /** Maps the fixtures' images to built programs; the bed already has Istio. */
    @Override
    public void prepare() {
        String java = ProjectFolder.java();
        image(
                "example.org/mcp-gateway-controller",
                java + JVM + "256m -jar " + built("controller/target/mcp-gateway-controller.jar"));
        image("example.org/mcp-gateway", java + JVM + "256m -jar " + built("broker/target/mcp-gateway-broker.jar"));
        String sample = java + JVM + "96m -cp '" + built("e2e/target/classes") + ":" + built("e2e/target/lib")
                + "/*' io.mcpgateway.e2e.servers.SampleServerMain";
        image("example.org/mcp-gateway-sample-server", sample);
        image("mcp-gateway-sample-server", sample); // as config/ names it
        image(
                "quay.io/keycloak/keycloak",
                project.resolve("e2e/bed/images/keycloak") + " '" + Foreign.require(ForeignTool.KEYCLOAK) + "'");
    }

    @Override
    public Kubectl kubectl() {
        return new Kubectl(List.of("kubectl"));
    }

    /** The process-kubelet listens at every address of the bed, 127.0.0.1 included. */
    @Override
    public int port(int nodePort) {
        return nodePort;
    }

    /** Adds a name to the bed's DNS. */
    void host(String address, String name) {
        bed("host", address, name);
    }

    private void image(String name, String command) {
        bed("image", name + "=" + command);
    }

    private void bed(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(project.resolve("e2e/bed/bed").toString());
        command.addAll(List.of(arguments));
        Command.run(command, "").orFail();
    }

    private Path built(String relative) {
        Path path = project.resolve(relative);
        if (!Files.exists(path)) {
            throw new IllegalStateException("not built: " + path + "; scripts/e2e.sh builds it");
        }
        return path;
    }
}
