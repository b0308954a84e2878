package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.endpoint.modern.ModernMessages;
import io.mcpgateway.broker.endpoint.streams.StreamOwner;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.http.CorsExchange;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.ReadableId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.RevisionRule;
import io.mcpgateway.broker.refusal.SingleHeaders;
import io.mcpgateway.broker.refusal.UrlRefusals;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.url.Chosen;
import io.mcpgateway.broker.url.GatewayUrl;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /mcp} (MCP 2025-11-25, Transports, "Streamable HTTP"): dispatch by HTTP method, and DELETE. */
final class McpEndpoint {
    static final String PATH = BrokerLaunch.MCP_PATH;

    private static final Logger log = LoggerFactory.getLogger(McpEndpoint.class);
    private static final RawJson NO_BODY = RawJson.of("");
    private static final String ALLOWED = "GET, POST, DELETE, OPTIONS";

    private final OriginRule origins;
    private final McpServices services;
    private final SessionGate gate;
    private final ModernMessages modern;
    private final McpMessages messages;
    private final McpStreaming streaming;

    McpEndpoint(McpSettings settings, McpServices services) {
        this.origins = settings.origins();
        this.services = services;
        this.gate = services.gate();
        this.modern = new ModernMessages(services.modern(settings));
        this.messages = new McpMessages(settings, services, modern);
        this.streaming = new McpStreaming(settings, services);
    }

    /** @param asked its path is {@code /mcp} or below */
    void handle(HttpExchange asked) throws IOException, InterruptedException {
        OriginRule origins =
                this.origins.alsoOf(services.cell().get().table().urls().ownHosts());
        HttpExchange exchange = CorsExchange.around(asked, origins);
        GatewayUrl found = services.url(exchange);
        Optional<Refusal> refusal =
                exchange.method().equals("OPTIONS") ? Optional.empty() : refusal(exchange, found, origins);
        if (refusal.isPresent()) {
            exchange.answer(HttpAnswer.of(refusal.get()));
            return;
        }
        Chosen url = found.chosen();
        switch (exchange.method()) {
            case "POST" -> posted(exchange, url);
            case "GET", "DELETE" -> withoutMessage(exchange, url);
            case "OPTIONS" -> exchange.answer(options(exchange.headers(), origins));
            default ->
                exchange.answer(HttpAnswer.text(405, "method not allowed on /mcp; use POST, GET or DELETE")
                        .with("Allow", ALLOWED));
        }
    }

    /** The router's answers to the same requests, some of which it never sees. */
    private static Optional<Refusal> refusal(HttpExchange exchange, GatewayUrl found, OriginRule origins)
            throws IOException {
        RequestHeaders headers = exchange.headers();
        if (!origins.admits(headers)) {
            log.info("origin refused method={}", exchange.method());
            return found instanceof GatewayUrl.Unknown || !exchange.method().equals("POST")
                    ? origins.refusal(headers)
                    : origins.refusal(headers, readable(exchange));
        }
        return found instanceof GatewayUrl.Unknown(String problem)
                ? Optional.of(UrlRefusals.unknown(ReadableId.of(readable(exchange)), problem))
                : Optional.empty();
    }

    /** The body of a request that is refused anyway, for its ID. */
    private static RawJson readable(HttpExchange exchange) throws IOException {
        try {
            return exchange.announcesBody() ? exchange.body() : NO_BODY;
        } catch (HttpExchange.BodyTooLarge problem) {
            return NO_BODY;
        }
    }

    private void posted(HttpExchange exchange, Chosen url) throws IOException, InterruptedException {
        try {
            messages.handle(exchange, url);
        } catch (HttpExchange.BodyTooLarge problem) {
            exchange.answer(HttpAnswer.of(problem));
        }
    }

    private void withoutMessage(HttpExchange exchange, Chosen url) throws IOException, InterruptedException {
        Optional<HttpAnswer> modern = this.modern.withoutMessage(exchange.headers());
        if (modern.isPresent()) {
            exchange.answer(modern.get());
        } else if (exchange.method().equals("GET")) {
            streaming.handle(exchange, url);
        } else {
            exchange.answer(end(exchange.headers(), url));
        }
    }

    private static HttpAnswer options(RequestHeaders headers, OriginRule origins) {
        HttpAnswer answer = HttpAnswer.empty(204).with("Allow", ALLOWED);
        for (Map.Entry<String, String> header :
                origins.preflightHeaders(headers).entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private HttpAnswer end(RequestHeaders headers, Chosen url) {
        SessionVerdict verdict = gate.verdict(headers, url);
        Optional<HttpAnswer> badHeaders = badHeaders(headers, verdict, services.revisions());
        if (badHeaders.isPresent()) {
            return badHeaders.get();
        }
        if (!(verdict instanceof SessionVerdict.Valid(GatewaySession session))) {
            return BadSession.answer(JsonRpcId.NONE, verdict);
        }
        List<SessionStore.Entry> serverSessions;
        try {
            serverSessions = services.store().revoke(session);
        } catch (SessionStoreException notEnded) {
            log.warn("session not ended session={} cause=\"{}\"", session.id(), notEnded.getMessage());
            return HttpAnswer.error(
                    503,
                    JsonRpcId.NONE,
                    new JsonRpcError(
                            JsonRpcCodes.SERVER_UNAVAILABLE,
                            "the session could not be ended: the session store is not available; try again"));
        }
        services.streams().close(new StreamOwner.Session(session.id()));
        services.bridge().ended(session);
        services.servers().ended(headers, session.id(), serverSessions);
        log.info("session ended session={} backends={}", session.id(), serverSessions.size());
        return HttpAnswer.empty(200);
    }

    /** What is wrong with the headers of a request without a message, whatever its session is. */
    static Optional<HttpAnswer> badHeaders(RequestHeaders headers, SessionVerdict verdict, ServedRevisions served) {
        return SingleHeaders.refusal(headers, JsonRpcId.NONE)
                .or(() -> RevisionRule.refusal(headers, verdict, served))
                .map(HttpAnswer::of);
    }
}
