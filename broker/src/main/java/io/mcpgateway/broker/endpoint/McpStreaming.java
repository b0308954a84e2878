package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Accept;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.sse.SseEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GET on {@code /mcp} (MCP 2025-11-25, Transports, "Listening for Messages from the Server"): a stream that lives as
 * long as its session, with changes of lists, servers' messages outside of calls, and heartbeats to notice disconnects.
 */
final class McpStreaming {
    private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OPENED = ": open\n\n".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, List<String>> HEADERS = Map.of(
            "Content-Type", List.of(MediaTypes.EVENT_STREAM),
            "Cache-Control", List.of("no-cache"),
            "X-Accel-Buffering", List.of("no"));

    private final McpSettings settings;
    private final McpServices services;
    private final SessionGate gate;

    McpStreaming(McpSettings settings, McpServices services) {
        this.settings = settings;
        this.services = services;
        this.gate = services.gate();
    }

    void handle(HttpExchange exchange) throws IOException, InterruptedException {
        RequestHeaders headers = exchange.headers();
        if (!Accept.asksFor(headers, MediaTypes.EVENT_STREAM)) {
            exchange.answer(refuse(406, "GET /mcp is a stream: Accept must include text/event-stream"));
            return;
        }
        SessionVerdict verdict = gate.verdict(headers);
        Optional<HttpAnswer> badHeaders = McpEndpoint.badHeaders(headers, verdict);
        if (badHeaders.isPresent()) {
            exchange.answer(badHeaders.get());
            return;
        }
        if (verdict instanceof SessionVerdict.Valid(GatewaySession session)) {
            open(exchange, session);
        } else {
            exchange.answer(BadSession.answer(JsonRpcId.NONE, verdict));
        }
    }

    private void open(HttpExchange exchange, GatewaySession session) throws IOException, InterruptedException {
        ViewRequest request = services.viewRequest(session, exchange.headers());
        if (services.view(request) instanceof CapabilityView.Refused(String reason)) {
            exchange.answer(refuse(400, reason));
            return;
        }
        switch (services.streams().open(session, request.settled())) {
            case SessionStreams.Opening.Opened(SessionStream stream) -> run(exchange, stream);
            case SessionStreams.Opening.TooManyOfSession(int limit) ->
                exchange.answer(refuse(429, "this session has " + limit + " open streams already"));
            case SessionStreams.Opening.NoRoom(String reason) -> exchange.answer(refuse(503, reason));
        }
    }

    private void run(HttpExchange exchange, SessionStream stream) throws IOException, InterruptedException {
        try {
            OutputStream out = exchange.stream(200, HEADERS);
            stream.write(out, OPENED);
            try (ServerLink.Listening _ = services.servers().listen(exchange.headers(), stream.session(), stream)) {
                pass(stream, out);
            }
            out.close();
        } finally {
            // Nobody may wait for room in it indefinitely.
            stream.close();
            services.streams().ended(stream);
        }
    }

    private void pass(SessionStream stream, OutputStream out) throws IOException, InterruptedException {
        // Asked only now: a DELETE before the stream was registered could not have closed it.
        while (gate.alive(stream.session())) {
            switch (stream.await(untilNextSign(stream.session()))) {
                case CLOSED -> {
                    return;
                }
                case NEWS -> {
                    for (RawJson message : stream.takeNews()) {
                        stream.write(out, SseEvent.message(message).encode());
                    }
                }
                case TIME_IS_UP -> stream.write(out, HEARTBEAT);
            }
        }
    }

    private Duration untilNextSign(GatewaySession session) {
        Duration untilExpiry = Duration.between(services.clock().instant(), session.expiresAt());
        return untilExpiry.compareTo(settings.heartbeat()) < 0 ? untilExpiry : settings.heartbeat();
    }

    private static HttpAnswer refuse(int status, String text) {
        return HttpAnswer.error(status, JsonRpcId.NONE, new JsonRpcError(JsonRpcCodes.INVALID_REQUEST, text));
    }
}
