package io.mcpgateway.controller.fleet;

import io.mcpgateway.api.contract.StatusReport;
import java.util.Objects;

/** One ready broker pod, and its last {@code /status}. */
public record BrokerReplica(String pod, Answer answer) {
    /** What is known of the pod's {@code /status}. */
    public sealed interface Answer {
        record Reported(StatusReport report) implements Answer {
            public Reported {
                Objects.requireNonNull(report, "report");
            }
        }

        /** It did not answer; the cause is for a message ("connection refused", "no answer within 10 s"). */
        record Unreachable(String cause) implements Answer {
            public Unreachable {
                Objects.requireNonNull(cause, "cause");
            }
        }

        /**
         * No report yet: this controller or the pod has just started. Statuses do not change, because
         * nothing new is known.
         */
        record Awaited() implements Answer {}
    }

    public BrokerReplica {
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(answer, "answer");
    }

    /** Whether it is known to run the configuration with this hash. */
    boolean runs(String configHash) {
        return answer instanceof Answer.Reported(StatusReport report)
                && report.configHash().equals(configHash);
    }
}
