package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.time.Duration;
import java.util.Set;

/**
 * What an answer says about being kept (MCP 2026-07-28, "Caching"). Clients keep answers by URL, method and parameters;
 * what else decides here is in headers, which no client counts. So as soon as a header can decide, an answer is for its
 * caller only and not to be kept. The header that chooses a virtual server decides nothing where the URL chooses.
 */
enum CacheHints {
    /** The same for everyone at this URL. Whoever listens learns of a change at once, all others within a minute. */
    SHARED("public", Duration.ofMinutes(1)),
    /** For this caller, this time. */
    CALLER("private", Duration.ZERO);

    private static final Set<String> DECIDING = Set.of(
            StandardHeaders.AUTHORIZATION, GatewayHeaders.AUTHORIZED_TOOLS, GatewayHeaders.AUTHORIZED_CAPABILITIES);

    private final String scope;
    private final Duration life;

    CacheHints(String scope, Duration life) {
        this.scope = scope;
        this.life = life;
    }

    /**
     * The hints for the answer to a request with these headers.
     *
     * @param chosen whether the URL chooses what is seen
     * @param choices whether other headers could lead to another answer: there are virtual servers, or callers are
     *     authorised one by one
     */
    static CacheHints of(RequestHeaders headers, boolean chosen, boolean choices) {
        boolean named = !chosen && headers.has(GatewayHeaders.VIRTUAL_SERVER);
        return choices || named || DECIDING.stream().anyMatch(headers::has) ? CALLER : SHARED;
    }

    /** Two members of a result. */
    String json() {
        return "\"ttlMs\":" + life.toMillis() + ",\"cacheScope\":\"" + scope + '"';
    }
}
