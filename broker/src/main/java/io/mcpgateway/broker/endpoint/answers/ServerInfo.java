package io.mcpgateway.broker.endpoint.answers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.BrokerLaunch;
import java.util.Objects;

/** How the gateway introduces itself to clients. */
public record ServerInfo(String version) {
    public ServerInfo {
        Objects.requireNonNull(version, "version");
    }

    /** The {@code Implementation} of the MCP schema. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", BrokerLaunch.SERVER_INFO_NAME)
                .put("version", version);
    }
}
