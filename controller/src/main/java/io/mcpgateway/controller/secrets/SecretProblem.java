package io.mcpgateway.controller.secrets;

import java.util.Objects;

/** Why a Secret that an object of ours names cannot be used, as a condition says it. */
public record SecretProblem(String reason, String message) {
    public SecretProblem {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }
}
