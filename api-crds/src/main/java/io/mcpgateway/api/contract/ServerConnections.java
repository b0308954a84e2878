package io.mcpgateway.api.contract;

import java.time.Duration;

/** How the gateway treats its connections to MCP servers, with and without Envoy. */
public final class ServerConnections {
    /**
     * A connection without a request is closed after this time. Node and uvicorn close theirs after 5 s; a call that is
     * sent at that moment is lost, and nobody can tell whether it was executed.
     */
    public static final Duration IDLE_TIMEOUT = Duration.ofSeconds(4);

    private ServerConnections() {}
}
