package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;

/** What scenarios share: the installation, and the removal of everything that a scenario has added. */
abstract class ClusterScenario {
    private final Installation installation = Installation.ready();
    private final Deque<Runnable> undoing = new ArrayDeque<>();

    Installation installation() {
        return installation;
    }

    Kubectl kubectl() {
        return installation.kubectl();
    }

    /** Applies objects that are deleted when the scenario ends. */
    void apply(String... yamls) {
        for (String yaml : yamls) {
            afterwards(() -> kubectl().delete(yaml));
            kubectl().apply(yaml);
        }
    }

    /** Runs this when the scenario ends, in reverse order. */
    void afterwards(Runnable action) {
        undoing.push(action);
    }

    void scale(Subject deployment, int replicas) {
        kubectl()
                .run(
                        "scale",
                        "deployment/" + deployment.name(),
                        "-n",
                        deployment.namespace(),
                        "--replicas=" + replicas);
    }

    void awaitReplicas(Subject deployment, int replicas) {
        String wanted = replicas == 0 ? "" : Integer.toString(replicas);
        kubectl()
                .await(
                        deployment,
                        replicas + " ready replicas",
                        () -> kubectl().field(deployment, "{.status.readyReplicas}"),
                        wanted::equals);
    }

    /** The sample server keeps added tools until it is restarted, and other tests expect five. */
    void restartServer1() {
        Subject registration = Subject.registration("server1");
        kubectl().run("rollout", "restart", "-n", "mcp-test", "deployment/server1");
        kubectl().run("rollout", "status", "-n", "mcp-test", "deployment/server1", "--timeout=90s");
        installation()
                .awaitTools(
                        installation().url(),
                        "its own tools only",
                        tools -> tools.contains("test1_greet") && !tools.contains("test1_dynamic_tool"));
        kubectl()
                .await(
                        registration,
                        "five tools",
                        () -> kubectl().field(registration, "{.status.discoveredTools}"),
                        "5"::equals);
    }

    @AfterEach
    void undo() {
        while (!undoing.isEmpty()) {
            undoing.pop().run();
        }
    }
}
