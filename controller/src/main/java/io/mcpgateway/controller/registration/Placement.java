package io.mcpgateway.controller.registration;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Objects;

/** The entry that a registration becomes in the configuration of one extension. */
public record Placement(ObjectKey extension, McpServer server) {
    public Placement {
        Objects.requireNonNull(extension, "extension");
        Objects.requireNonNull(server, "server");
    }
}
