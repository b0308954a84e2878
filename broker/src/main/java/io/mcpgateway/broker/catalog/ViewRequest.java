package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything about a request that decides what it sees.
 *
 * @param ofSession the virtual server that its session is bound to
 * @param header every value of its {@code X-Mcp-Virtualserver} header
 * @param allowed what the authorization layer lets it see
 */
public record ViewRequest(Optional<String> ofSession, List<String> header, Authorization allowed) {
    public ViewRequest {
        Objects.requireNonNull(ofSession, "ofSession");
        header = List.copyOf(header);
        Objects.requireNonNull(allowed, "allowed");
    }

    public static ViewRequest of(GatewaySession session, RequestHeaders headers, Authorization allowed) {
        return new ViewRequest(session.virtualServer(), headers.all(GatewayHeaders.VIRTUAL_SERVER), allowed);
    }

    /** Of a request that starts a session. */
    public static ViewRequest ofNewSession(RequestHeaders headers, Authorization allowed) {
        return new ViewRequest(Optional.empty(), headers.all(GatewayHeaders.VIRTUAL_SERVER), allowed);
    }

    /** The same as if the session had been bound to what the header chose; equal for all that see the same. */
    public ViewRequest settled() {
        return new ViewRequest(ofSession.or(() -> header.stream().findFirst()), List.of(), allowed);
    }
}
