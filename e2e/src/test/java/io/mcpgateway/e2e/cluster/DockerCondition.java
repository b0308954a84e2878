package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.cluster.Cluster.Choice;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Skips scenarios for k3s if there is no Docker to start it, with a message. */
final class DockerCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Cluster.choice(System.getenv(Cluster.CHOICE)) != Choice.K3S) {
            return ConditionEvaluationResult.enabled("needs no Docker");
        }
        return Docker.STATE;
    }

    /** Empty if Docker answers. */
    static ConditionEvaluationResult result(String problem) {
        return problem.isEmpty()
                ? ConditionEvaluationResult.enabled("Docker answers")
                : ConditionEvaluationResult.disabled(
                        "Docker is not reachable: " + problem + "; the same scenarios run on the bed: make e2e");
    }

    /** Checked once and reported once, because Testcontainers tries several addresses. */
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
