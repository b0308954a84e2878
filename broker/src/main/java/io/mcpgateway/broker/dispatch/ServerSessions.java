package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.router.SessionOutcome;

/** Creates server sessions on demand. */
public interface ServerSessions {
    /**
     * The server session for this call: the stored one, or a new one. However many calls of one gateway session race,
     * one initialize per server goes out. Blocks, with a bounded time; never throws for what a server does.
     */
    SessionOutcome obtain(CallServer call);
}
