package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.endpoint.answers.ServerInfo;
import io.mcpgateway.broker.json.JsonPieces;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;

/**
 * The gateway's own messages as modern revisions have them (MCP 2026-07-28, "Responses", "Caching", "Subscriptions").
 * What a result says in both eras goes in byte for byte.
 */
final class ModernResults {
    private final String serverInfo;

    ModernResults(ServerInfo gateway) {
        this.serverInfo = JsonText.quote(McpMeta.SERVER_INFO) + ':' + gateway.json();
    }

    /**
     * The answer with a result that clients may keep.
     *
     * @param result an object with at least one member, without space before the first one
     */
    JsonPieces cacheable(JsonRpcId id, CacheHints hints, RawJson result) {
        RawJson head = RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":" + id.json() + ",\"result\":{"
                + McpResults.COMPLETE_MEMBER + "," + hints.json() + ",\"_meta\":{" + serverInfo + "},");
        return JsonPieces.joined(head, result).then(RawJson.of("}"));
    }

    /**
     * The answer with a result that is complete, and not to be kept.
     *
     * @param result an object with at least one member, without space before the first one
     */
    JsonPieces complete(JsonRpcId id, RawJson result) {
        RawJson head = RawJson.of("{\"jsonrpc\":\"2.0\",\"id\":" + id.json() + ",\"result\":{"
                + McpResults.COMPLETE_MEMBER + ",\"_meta\":{" + serverInfo + "},");
        return JsonPieces.joined(head, result).then(RawJson.of("}"));
    }

    /** The last message of a subscription that the gateway ends. */
    RawJson ended(JsonRpcId subscription) {
        return JsonRpcText.result(
                subscription,
                RawJson.of("{" + McpResults.COMPLETE_MEMBER + ",\"_meta\":{" + serverInfo + ',' + tag(subscription)
                        + "}}"));
    }

    /** The first message of a subscription. */
    static RawJson acknowledged(JsonRpcId subscription, ListenFilter honoured) {
        return notification(McpMethod.ACKNOWLEDGED, subscription, ",\"notifications\":" + honoured.json());
    }

    /** The message that a list has changed. */
    static RawJson changed(McpMethod method, JsonRpcId subscription) {
        return notification(method, subscription, "");
    }

    private static RawJson notification(McpMethod method, JsonRpcId subscription, String more) {
        return RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + method.wireName() + "\",\"params\":{\"_meta\":{"
                + tag(subscription) + '}' + more + "}}");
    }

    private static String tag(JsonRpcId subscription) {
        return JsonText.quote(McpMeta.SUBSCRIPTION_ID) + ':' + subscription.json();
    }
}
