package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The replicas of a broker on the bed, where the processes of Pods can be seen. */
record BrokerPods(Kubectl kubectl, Subject deployment) {
    /** The names of the Pods that are ready. */
    List<String> ready() {
        return kubectl.run(
                        "get",
                        "pods",
                        "-n",
                        deployment.namespace(),
                        "-l",
                        "app=mcp-gateway",
                        "-o",
                        "jsonpath={range .items[*]}{.status.containerStatuses[0].ready}{.metadata.deletionTimestamp} "
                                + "{.metadata.name}{'\\n'}{end}")
                .lines()
                .filter(line -> line.startsWith("true "))
                .map(line -> line.substring("true ".length()))
                .toList();
    }

    /** Waits until this number of replicas is ready, and there is no other. */
    List<String> await(int replicas) {
        kubectl.run(
                "rollout", "status", "deployment/" + deployment.name(), "-n", deployment.namespace(), "--timeout=110s");
        return kubectl.await(deployment, replicas + " ready Pods", this::ready, pods -> pods.size() == replicas);
    }

    /** Ends the process of a Pod without a warning to anybody; the Pod stays, and a new process is started in it. */
    static void kill(String pod) {
        ProcessHandle process = ProcessHandle.allProcesses()
                .filter(each -> runsIn(each, pod))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process of Pod " + pod));
        if (!process.destroyForcibly()) {
            throw new AssertionError("process " + process.pid() + " of Pod " + pod + " cannot be killed");
        }
        process.onExit().join();
    }

    /** By the environment that the process-kubelet gives the broker. */
    private static boolean runsIn(ProcessHandle process, String pod) {
        Path folder = Path.of("/proc", Long.toString(process.pid()));
        try {
            return List.of(text(folder.resolve("environ")).split("\0")).contains("HOSTNAME=" + pod)
                    && text(folder.resolve("cmdline")).contains("mcp-gateway-broker.jar");
        } catch (IOException ended) {
            return false;
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
