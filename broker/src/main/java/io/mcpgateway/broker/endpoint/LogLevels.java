package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code logging/setLevel} (MCP 2025-11-25, Logging): the level goes to every server that logs and that the session has
 * been to, and is kept for those that it will come to.
 */
record LogLevels(McpServices services) {
    private static final Logger log = LoggerFactory.getLogger(LogLevels.class);
    private static final RawJson EMPTY_RESULT = RawJson.of("{}");

    HttpAnswer answer(RequestHeaders headers, GatewaySession session, JsonRpcId id, RawJson body) {
        Optional<LogLevel> level = RequestParams.read(body).level().flatMap(LogLevel::of);
        if (level.isEmpty()) {
            return HttpAnswer.error(
                    200,
                    id,
                    new JsonRpcError(JsonRpcCodes.INVALID_PARAMS, "params.level must be one of " + LogLevel.choices()));
        }
        try {
            // Kept before it is passed on: a server session that is made meanwhile finds it, or is found.
            services.store().setLogLevel(session, level.get());
        } catch (SessionStoreException unavailable) {
            log.warn("log level not stored session={} cause=\"{}\"", session.id(), unavailable.getMessage());
        }
        services.servers()
                .logLevelSet(
                        headers,
                        session.id(),
                        level.get(),
                        serversThatLog(services.cell().get()));
        return HttpAnswer.json(200, JsonRpcText.result(id, EMPTY_RESULT));
    }

    private static Set<ServerKey> serversThatLog(GatewaySnapshot snapshot) {
        return snapshot.table().servers().values().stream()
                .filter(server -> snapshot.declares(server.name(), Capability.LOGGING))
                .map(ServerRoute::key)
                .collect(Collectors.toSet());
    }
}
