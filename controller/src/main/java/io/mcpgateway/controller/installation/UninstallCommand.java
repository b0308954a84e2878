package io.mcpgateway.controller.installation;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mcpgateway.controller.settings.ControllerLogging;
import io.mcpgateway.runtime.LogSettings;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Run by the chart's hook before Helm deletes the release. */
@Command(
        name = "uninstall",
        mixinStandardHelpOptions = true,
        description = "Cleans up before the controller is removed: deletes an extension, waits until the controller has"
                + " cleaned up what is being deleted, stops it, and removes its finalizer from all other objects.")
public final class UninstallCommand implements Callable<Integer> {
    private final Supplier<KubernetesClient> connect;

    public UninstallCommand() {
        this(() -> new KubernetesClientBuilder().build());
    }

    public UninstallCommand(Supplier<KubernetesClient> connect) {
        this.connect = connect;
    }

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "${env:NAMESPACE}",
            required = true,
            description = "namespace of the controller and the extension; variable NAMESPACE")
    String namespace = "";

    @Option(
            names = "--deployment",
            paramLabel = "NAME",
            defaultValue = "mcp-gateway-controller",
            description = "the controller's Deployment (default: ${DEFAULT-VALUE})")
    String deployment = "";

    @Option(names = "--extension", paramLabel = "NAME", description = "the MCPGatewayExtension to delete")
    @Nullable
    String extension;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "timeout for each wait; whatever is unfinished is left as it is (default: ${DEFAULT-VALUE})")
    int timeout;

    @Override
    public Integer call() throws InterruptedException {
        ControllerLogging.configure(new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));
        try (KubernetesClient client = connect.get()) {
            Uninstallation uninstallation = new Uninstallation(client, Duration.ofSeconds(timeout));
            if (extension != null) {
                uninstallation.deleteExtension(namespace, extension);
            }
            uninstallation.awaitCleanUp(() -> false, () -> false);
            uninstallation.stopController(namespace, deployment);
            uninstallation.letGo(() -> false);
        }
        return 0;
    }
}
