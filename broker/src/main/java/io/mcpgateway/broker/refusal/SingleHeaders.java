package io.mcpgateway.broker.refusal;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.Optional;

/**
 * MCP's own headers have one value each. Of two, one reader would take the first and the next one the last, so a
 * request with two is refused. {@code MCP-Protocol-Version} is {@link RevisionRule}'s business.
 */
public final class SingleHeaders {
    private static final String PREFIX = "mcp-";

    private SingleHeaders() {}

    /** Empty if each of them is there once at most. */
    public static Optional<Refusal> refusal(RequestHeaders headers, JsonRpcId id) {
        return headers.repeated(SingleHeaders::isOurs).map(name -> Refusals.headerRepeated(id, name));
    }

    private static boolean isOurs(String name) {
        return (name.startsWith(PREFIX) && !name.equals(McpHeaders.PROTOCOL_VERSION))
                || name.equals(McpHeaders.LAST_EVENT_ID);
    }
}
