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
 * @param revision the MCP revision of its session. A session that is bound to a virtual server may use it there until it
 *     ends, even if new ones may not; of the others each request that chooses a virtual server is judged by itself
 */
public record ViewRequest(
        Optional<String> ofSession, List<String> header, Authorization allowed, Optional<String> revision) {
    public ViewRequest {
        Objects.requireNonNull(ofSession, "ofSession");
        header = List.copyOf(header);
        Objects.requireNonNull(allowed, "allowed");
        Objects.requireNonNull(revision, "revision");
    }

    public static ViewRequest of(GatewaySession session, RequestHeaders headers, Authorization allowed) {
        return new ViewRequest(
                session.virtualServer(),
                headers.all(GatewayHeaders.VIRTUAL_SERVER),
                allowed,
                Optional.of(session.protocolVersion()));
    }

    /** Of a request that starts a session, or has none. */
    public static ViewRequest ofNewSession(RequestHeaders headers, Authorization allowed) {
        return new ViewRequest(
                Optional.empty(), headers.all(GatewayHeaders.VIRTUAL_SERVER), allowed, Optional.empty());
    }

    /** The same as if the session had been bound to what the header chose; equal for all that see the same. */
    public ViewRequest settled() {
        return new ViewRequest(
                ofSession.or(() -> header.stream().findFirst()), List.of(), allowed, Optional.empty());
    }
}
