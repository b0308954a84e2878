package io.mcpgateway.broker.router;

/** Reads the answer to a routed call. Pure. */
public final class ResponseRouter {
    private static final int NOT_FOUND = 404;

    private ResponseRouter() {}

    /**
     * MCP 2025-11-25, "Session Management": a server answers 404 to a session it has ended. A backend that keeps no
     * sessions means something else by 404.
     */
    public static ResponseDecision decide(int status, CallMetadata call) {
        return status == NOT_FOUND && call.backend().id().isPresent()
                ? new ResponseDecision.ForgetBackendSession(call)
                : new ResponseDecision.PassOn();
    }
}
