package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import io.mcpgateway.e2e.process.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Controllers that are killed (SIGKILL) while they work. Each finds what its predecessors left, writes a
 * little and is killed, until everything is deleted, and later until everything is installed. With a kill after each
 * write, some controller starts from every state that a crash can leave in the cluster.
 */
@BedTest
@Order(90)
class CrashTest extends ClusterScenario {
    private static final Subject CONTROLLER = Subject.of("deployment", "mcp-system", "mcp-gateway-controller");
    private static final String VIRTUAL_SERVER = Yaml.virtualServer("crash", "[test1_greet]");
    private static final String OURS = "mcpgatewayextension,mcpserverregistration,mcpvirtualserver";
    private static final Duration PAUSE = Duration.ofMillis(300);
    /** How long a controller with nothing to do is watched. */
    private static final Duration QUIET = Duration.ofSeconds(3);
    /** Install and deletion need about thirty writes each; if it takes more lives, they undo each other's work. */
    private static final int MOST_LIVES = 80;

    private ControllerProcess controller;

    @BeforeEach
    void replaceTheController() throws IOException {
        afterwards(() -> kubectl().delete(VIRTUAL_SERVER));
        afterwards(() -> {
            scale(CONTROLLER, 1);
            awaitReplicas(CONTROLLER, 1);
        });
        scale(CONTROLLER, 0);
        kubectl()
                .await(
                        CONTROLLER,
                        "no pod",
                        () -> kubectl().run("get", "pod", "-n", "mcp-system", "-l", "app=mcp-controller", "-o", "name"),
                        String::isEmpty);
        controller = ControllerProcess.through(installation());
    }

    @AfterEach
    void endTheController() throws IOException {
        controller.close();
    }

    @Test
    @DisplayName("Crash: controllers killed at each write of a deletion and an installation, successors finish")
    void successorsFinish() throws IOException {
        cycle(Cut.NONE, ClusterState::isReady);
        ClusterState wanted = settled();
        for (Cut cut : List.of(Cut.AFTER_APPLIED, Cut.BEFORE_APPLIED)) {
            cycle(cut, state -> state.differences(wanted).isEmpty());
            assertThat(settled().differences(wanted)).isEmpty();
            assertThat(greeting()).isEqualTo("Hi e2e");
        }
    }

    /** Deletes everything and then installs it, with controllers of this lifetime. */
    private void cycle(Cut cut, Predicate<ClusterState> installed) throws IOException {
        long begin = System.nanoTime();
        kubectl().run("delete", OURS, "-A", "--all", "--wait=false");
        int deleting = lives(cut, ClusterState::isEmpty);
        kubectl().apply(installation().fixture("extension.yaml"));
        kubectl().apply(installation().fixture("registrations.yaml"));
        kubectl().apply(VIRTUAL_SERVER);
        int installing = lives(cut, installed);
        System.out.printf(
                "    killed %s: %d controllers to delete everything, %d to install it, %.1f s%n",
                cut, deleting, installing, (System.nanoTime() - begin) / 1e9);
    }

    /** The number of controllers that it took. */
    private int lives(Cut cut, Predicate<ClusterState> done) throws IOException {
        for (int count = 1; count <= MOST_LIVES; count++) {
            ControllerLife life = controller.proxy().begin(cut);
            ChildProcess process = controller.start();
            try {
                if (reaches(life, done)) {
                    return count;
                }
                process.kill();
            } finally {
                process.close();
            }
        }
        throw new AssertionError(MOST_LIVES + " controllers did not finish; the log is " + controller.log());
    }

    /** False if the controller was cut off first. */
    private boolean reaches(ControllerLife life, Predicate<ClusterState> done) {
        long end = System.nanoTime() + Kubectl.LIMIT.toNanos();
        while (System.nanoTime() - end < 0) {
            if (life.isOverWithin(PAUSE)) {
                return false;
            }
            if (done.test(ClusterState.of(kubectl()))) {
                return true;
            }
        }
        throw new AssertionError(
                "a controller did neither write nor finish, " + life.tally() + "; its log is " + controller.log());
    }

    /** The state that a new controller finds and leaves, with nothing to do. */
    private ClusterState settled() throws IOException {
        ControllerLife life = controller.proxy().begin(Cut.NONE);
        ChildProcess process = controller.start();
        try {
            kubectl()
                    .await(
                            Installation.EXTENSION,
                            "a controller that watches",
                            () -> life.tally().watches("mcpvirtualservers"),
                            watches -> watches > 0);
            boolean over = life.isOverWithin(QUIET);
            assertThat(over || life.tally().writes() > 0)
                    .as("writes of a controller that starts on a finished installation: " + life.tally())
                    .isFalse();
            return ClusterState.of(kubectl());
        } finally {
            process.close();
        }
    }

    private String greeting() throws IOException {
        installation().awaitTools(installation().url(), "test1_greet", tools -> tools.contains("test1_greet"));
        try (McpClient client = installation().connect()) {
            return client.call("test1_greet", "{\"name\":\"e2e\"}").text();
        }
    }
}
