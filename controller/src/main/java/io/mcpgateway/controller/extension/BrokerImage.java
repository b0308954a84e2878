package io.mcpgateway.controller.extension;

import java.util.Objects;

/** The broker's image, with tag or digest, and when nodes pull it (Always, IfNotPresent, Never). */
public record BrokerImage(String name, String pullPolicy) {
    public BrokerImage {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(pullPolicy, "pullPolicy");
    }
}
