package io.mcpgateway.broker.translation;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.Objects;
import java.util.Optional;

/**
 * What a legacy server asks its client for while a call runs (MCP 2025-11-25, "Elicitation", "Sampling", "Roots"): for a
 * modern client, one of the {@code inputRequests} of a result.
 *
 * @param id the server's, under which it waits for the reply
 * @param method of elicitation, sampling or roots
 * @param params as the server wrote them
 */
public record ServerAsk(JsonRpcId id, McpMethod method, Optional<RawJson> params) {
    private static final RawJson DECLINED = RawJson.of("{\"action\":\"decline\"}");

    public ServerAsk {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(params, "params");
    }

    /** What the client does not support of it, as MCP names it; empty if it can be asked. */
    public Optional<String> undeclared(ClientFeatures features) {
        return new Question("", method, params).undeclared(features);
    }

    /** A member of {@code inputRequests}. It always has {@code params}, because the Go SDK 1.8 cannot read it otherwise. */
    public String entry(String key) {
        return JsonText.quote(key) + ":{\"method\":" + JsonText.quote(method.wireName()) + ",\"params\":"
                + params.map(RawJson::toString).orElse("{}") + "}";
    }

    /** The reply to the server, with the client's response byte for byte. */
    public RawJson answeredWith(RawJson response) {
        return JsonRpcText.result(id, response);
    }

    /** The reply to the server if the client is not asked. */
    public RawJson declined(String why) {
        return method == McpMethod.ELICIT
                ? JsonRpcText.result(id, DECLINED)
                : JsonRpcText.error(id, new JsonRpcError(JsonRpcCodes.METHOD_NOT_FOUND, why));
    }
}
