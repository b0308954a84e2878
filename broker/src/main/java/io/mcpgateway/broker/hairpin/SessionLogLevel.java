package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.McpMethod;

/** Tells one server session how grave log messages must be. */
final class SessionLogLevel {
    private SessionLogLevel() {}

    static McpOutcome tell(McpConnection connection, LogLevel level) throws InterruptedException {
        return connection.request(McpMethod.SET_LOG_LEVEL, RawJson.of("{\"level\":\"" + level.text() + "\"}"));
    }
}
