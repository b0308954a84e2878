package io.mcpgateway.broker.router;

import io.mcpgateway.broker.mcp.RawJson;
import java.util.Objects;

/**
 * Where a request goes. Pure: same request and facts, same decision.
 *
 * @param publicHost the host that everything but routed calls is pinned to
 * @param maxBodyBytes larger bodies are refused with 413
 */
public record Router(String publicHost, int maxBodyBytes) {
    public Router {
        Objects.requireNonNull(publicHost, "publicHost");
    }

    /** For requests that carry no body (GET, DELETE, a POST with content-length 0). */
    public RouteDecision.Complete decideWithoutBody(RequestHead head, RouterFacts facts) {
        return new RouteDecision.Reject(501, "text/plain", RawJson.of("skeleton"));
    }

    /** For requests whose whole body is there; it may still be empty. */
    public RouteDecision decide(RequestHead head, RawJson body, RouterFacts facts) {
        return new RouteDecision.Reject(501, "text/plain", RawJson.of("skeleton"));
    }

    /** Concludes a call once a backend session was obtained, or was not. */
    public RouteDecision.Complete complete(RouteDecision.CallBackend call, BackendOutcome outcome) {
        return new RouteDecision.Reject(501, "text/plain", RawJson.of("skeleton"));
    }
}
