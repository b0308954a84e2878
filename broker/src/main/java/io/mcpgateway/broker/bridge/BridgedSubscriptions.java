package io.mcpgateway.broker.bridge;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.hairpin.ServerStreams;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.translation.ServerReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code resources/subscribe} and {@code resources/unsubscribe} of modern servers' resources, which have no such requests:
 * what the client watches is kept with its session, and its stream makes a subscription of it while it is open.
 */
record BridgedSubscriptions(SessionStore store, ServerStreams streams) {
    private static final Logger log = LoggerFactory.getLogger(BridgedSubscriptions.class);
    private static final RawJson EMPTY_RESULT = RawJson.of("{}");

    HttpAnswer answer(McpMethod method, GatewaySession session, ServerRoute server, String uri, JsonRpcId id) {
        SessionStore.Watched resource = new SessionStore.Watched(server.key(), uri);
        try {
            if (method == McpMethod.RESOURCES_UNSUBSCRIBE) {
                store.unwatch(session, resource);
            } else if (!store.watch(session, resource)) {
                return HttpAnswer.json(
                        200,
                        ServerReply.failed(
                                id,
                                "the gateway cannot keep this subscription: there are too many of this session, or the"
                                        + " session store is not available"));
            }
        } catch (SessionStoreException unavailable) {
            log.warn("subscription not stored session={} cause=\"{}\"", session.id(), unavailable.getMessage());
            return HttpAnswer.json(
                    200, ServerReply.failed(id, "the session store is not available; try again in a moment"));
        }
        streams.watchedChanged(session.id());
        return HttpAnswer.json(200, JsonRpcText.result(id, EMPTY_RESULT));
    }
}
