package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionVerdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /mcp} (MCP 2025-11-25, Transports, "Streamable HTTP"): dispatch by HTTP method, and DELETE. */
final class McpEndpoint {
    static final String PATH = "/mcp";

    private static final Logger LOG = LoggerFactory.getLogger(McpEndpoint.class);
    private static final String ALLOWED = "GET, POST, DELETE, OPTIONS";

    private final McpServices services;
    private final SessionGate gate;
    private final McpMessages messages;
    private final McpStreaming streaming;

    McpEndpoint(McpSettings settings, McpServices services) {
        this.services = services;
        this.gate = services.gate();
        this.messages = new McpMessages(settings, services);
        this.streaming = new McpStreaming(settings, services);
    }

    void handle(HttpExchange exchange) throws IOException, InterruptedException {
        switch (exchange.method()) {
            case "POST" -> exchange.answer(messages.answer(exchange));
            case "GET" -> streaming.handle(exchange);
            case "DELETE" -> exchange.answer(end(exchange.headers()));
            case "OPTIONS" -> exchange.answer(HttpAnswer.empty(204).with("Allow", ALLOWED));
            default ->
                exchange.answer(HttpAnswer.text(405, "method not allowed on /mcp; use POST, GET or DELETE")
                        .with("Allow", ALLOWED));
        }
    }

    private HttpAnswer end(RequestHeaders headers) {
        Optional<HttpAnswer> badVersion = unknownProtocolVersion(headers);
        if (badVersion.isPresent()) {
            return badVersion.get();
        }
        SessionVerdict verdict = gate.verdict(headers);
        if (!(verdict instanceof SessionVerdict.Valid(GatewaySession session))) {
            return BadSession.answer(JsonRpcId.NULL, verdict);
        }
        List<SessionStore.Entry> backends = services.store().revoke(session);
        services.streams().close(session.id());
        services.endedSessions().accept(backends);
        LOG.info("session ended session={} backends={}", session.id(), backends.size());
        return HttpAnswer.empty(200);
    }

    /** An unknown revision in the header is the client's mistake ("Protocol Version Header"); absence is allowed. */
    static Optional<HttpAnswer> unknownProtocolVersion(RequestHeaders headers) {
        return headers.all(McpHeaders.PROTOCOL_VERSION).stream()
                .filter(version -> !ProtocolVersions.KNOWN.contains(version))
                .findFirst()
                .map(version -> HttpAnswer.error(
                        400,
                        JsonRpcId.NULL,
                        new JsonRpcError(
                                JsonRpcError.INVALID_REQUEST,
                                "unsupported MCP-Protocol-Version; supported: "
                                        + String.join(", ", ProtocolVersions.KNOWN))));
    }
}
