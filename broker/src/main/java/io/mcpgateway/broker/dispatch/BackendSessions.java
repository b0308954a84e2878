package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.router.BackendOutcome;
import io.mcpgateway.broker.router.RouteDecision.CallBackend;

/** Creates backend sessions on demand. */
public interface BackendSessions {
    /**
     * The backend session for this call: the stored one, or a new one. However many calls of one gateway session race,
     * one initialize per server goes out. Blocks, with a bounded time; never throws for what a backend does.
     */
    BackendOutcome obtain(CallBackend call);
}
