package io.mcpgateway.broker.telemetry;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.List;

/** The MCP revision that a client names in its header, as a label of a metric may say it. */
public final class ClientRevision {
    private static final String NONE = "none";
    private static final String OTHER = "other";

    private ClientRevision() {}

    /** One of the gateway's revisions, {@code none} without a header, else {@code other}. */
    public static String label(RequestHeaders headers) {
        List<String> values = headers.all(McpHeaders.PROTOCOL_VERSION);
        if (values.isEmpty()) {
            return NONE;
        }
        return values.size() == 1 && ProtocolVersions.NEWEST_FIRST.contains(values.getFirst())
                ? values.getFirst()
                : OTHER;
    }
}
