package io.mcpgateway.broker.settings;

import java.util.Optional;

/** Whether calls wait for their audit lines. The words are those of the Kubernetes API server's {@code --audit-log-mode}. */
public enum AuditMode {
    /** No: lines may be lost if the process is killed. */
    BATCH,
    /** Yes, and a call whose line cannot be written is refused. */
    BLOCKING_STRICT;

    static Optional<AuditMode> parse(String word) {
        return switch (word) {
            case "batch" -> Optional.of(BATCH);
            case "blocking-strict" -> Optional.of(BLOCKING_STRICT);
            default -> Optional.empty();
        };
    }
}
