package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.cluster.Cluster.Choice;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips scenarios that are to run on k3s where there is no Docker to start it with, and says so. */
final class DockerCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Cluster.choice(System.getenv(Cluster.CHOICE)) != Choice.K3S) {
            return ConditionEvaluationResult.enabled("needs no Docker");
        }
        return Docker.STATE;
    }

    /** A text that is empty means that Docker answers. */
    static ConditionEvaluationResult result(String problem) {
        return problem.isEmpty()
                ? ConditionEvaluationResult.enabled("Docker answers")
                : ConditionEvaluationResult.disabled(
                        "Docker is not reachable: " + problem + "; the same scenarios run on the bed: make e2e");
    }

    /** Asked once, and told once: Testcontainers tries several addresses. */
    private static final class Docker {
        static final ConditionEvaluationResult STATE = ask();

        private static ConditionEvaluationResult ask() {
            try {
                DockerClientFactory.instance().client();
                return result("");
            } catch (IllegalStateException e) {
                ConditionEvaluationResult result = result(String.valueOf(e.getMessage()));
                System.out.println("skipped: " + result.getReason().orElse(""));
                return result;
            }
        }
    }
}
