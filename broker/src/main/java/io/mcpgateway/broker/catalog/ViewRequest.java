package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.url.Chosen;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything about a request that decides what it sees.
 *
 * @param url what its URL chooses
 * @param ofSession the virtual server that a header bound its session to
 * @param header every value of its {@code X-Mcp-Virtualserver} header
 * @param allowed what the authorization layer lets it see
 * @param revision the MCP revision of its session. A session that is bound to a virtual server may use it there until it
 *     ends, even if new ones may not; of the others each request that chooses a virtual server is judged by itself
 */
public record ViewRequest(
        Chosen url, Optional<String> ofSession, List<String> header, Authorization allowed, Optional<String> revision) {
    /** What a request chose. */
    sealed interface Choice {
        record Made(Chosen chosen) implements Choice {}

        /** It chose twice, and not the same. */
        record Contradiction(String reason) implements Choice {}
    }

    public ViewRequest {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(ofSession, "ofSession");
        header = List.copyOf(header);
        Objects.requireNonNull(allowed, "allowed");
        Objects.requireNonNull(revision, "revision");
    }

    /** Of a request in a session, which is only used at the URL where it began. */
    public static ViewRequest of(GatewaySession session, RequestHeaders headers, Authorization allowed) {
        return new ViewRequest(
                session.url(),
                session.virtualServer(),
                headers.all(GatewayHeaders.VIRTUAL_SERVER),
                allowed,
                Optional.of(session.protocolVersion()));
    }

    /** Of a request that starts a session, or needs none. */
    public static ViewRequest ofNewSession(Chosen url, RequestHeaders headers, Authorization allowed) {
        return new ViewRequest(
                url, Optional.empty(), headers.all(GatewayHeaders.VIRTUAL_SERVER), allowed, Optional.empty());
    }

    /** The same as if the URL or the session had chosen what the header chose; equal for all that see the same. */
    public ViewRequest settled() {
        return switch (choice()) {
            case Choice.Made(Chosen.VirtualServer(String name)) ->
                new ViewRequest(new Chosen.Nothing(), Optional.of(name), List.of(), allowed, Optional.empty());
            case Choice.Made(Chosen chosen) ->
                new ViewRequest(chosen, Optional.empty(), List.of(), allowed, Optional.empty());
            case Choice.Contradiction _ -> this;
        };
    }

    /** Whether what it sees was chosen before it, so that its revision was judged then. */
    boolean isBound() {
        return ofSession.isPresent() || !url.isNothing();
    }

    /** URL, session and header may all choose, but only the same. */
    Choice choice() {
        if (header.size() > 1) {
            return new Choice.Contradiction(
                    "the header X-Mcp-Virtualserver must be given once, not " + header.size() + " times");
        }
        Optional<Chosen> named =
                header.isEmpty() ? Optional.empty() : Optional.of(new Chosen.VirtualServer(header.getFirst()));
        if (!url.isNothing() && named.isPresent() && !named.get().equals(url)) {
            return new Choice.Contradiction("this URL is that of " + url.described()
                    + ", but the header X-Mcp-Virtualserver names '" + header.getFirst() + "'; leave one of them out");
        }
        if (named.isPresent() && ofSession.isPresent() && !ofSession.get().equals(header.getFirst())) {
            return new Choice.Contradiction("this session was initialised with virtual server '" + ofSession.get()
                    + "' and cannot use '" + header.getFirst() + "'; start a new session for it");
        }
        if (!url.isNothing()) {
            return new Choice.Made(url);
        }
        return new Choice.Made(
                ofSession.<Chosen>map(Chosen.VirtualServer::new).or(() -> named).orElse(new Chosen.Nothing()));
    }
}
