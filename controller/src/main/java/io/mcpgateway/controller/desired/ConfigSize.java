package io.mcpgateway.controller.desired;

import java.nio.charset.StandardCharsets;

/**
 * Compares the size of a configuration with the limit of a Secret. The API server adds up the decoded values of a
 * Secret and refuses more than 1 MiB; ours has one value.
 */
public record ConfigSize(int bytes) {
    /** What Kubernetes calls MaxSecretSize. */
    public static final int LIMIT = 1_048_576;

    static ConfigSize of(String document) {
        return new ConfigSize(document.getBytes(StandardCharsets.UTF_8).length);
    }

    public boolean fits() {
        return bytes <= LIMIT;
    }

    /** For a condition: figures and what to do, nothing of the content. */
    public String excess() {
        return ("the configuration has %d bytes, but a Secret can hold at most %d: "
                        + "brokers keep what has not changed since the previous one; use fewer registrations or shorter tool lists of virtual servers, or move registrations to "
                        + "an MCPGatewayExtension in another namespace")
                .formatted(bytes, LIMIT);
    }
}
