package io.mcpgateway.broker.endpoint;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.streams.ClientStream;
import io.mcpgateway.broker.endpoint.streams.ClientStreams;
import io.mcpgateway.broker.endpoint.streams.StreamOwner;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Accept;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.sse.SseEvent;
import io.mcpgateway.broker.url.Chosen;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * GET on {@code /mcp} (MCP 2025-11-25, Transports, "Listening for Messages from the Server"): a stream that lives as
 * long as its session, with changes of lists, servers' messages outside of calls, and heartbeats to notice disconnects.
 */
final class McpStreaming {
    private static final byte[] OPENED = ": open\n\n".getBytes(StandardCharsets.UTF_8);

    private final McpSettings settings;
    private final McpServices services;
    private final SessionGate gate;

    McpStreaming(McpSettings settings, McpServices services) {
        this.settings = settings;
        this.services = services;
        this.gate = services.gate();
    }

    void handle(HttpExchange exchange, Chosen url) throws IOException, InterruptedException {
        RequestHeaders headers = exchange.headers();
        if (!Accept.asksFor(headers, MediaTypes.EVENT_STREAM)) {
            exchange.answer(refuse(406, "GET /mcp is a stream: Accept must include text/event-stream"));
            return;
        }
        SessionVerdict verdict = gate.verdict(headers, url);
        Optional<HttpAnswer> badHeaders = McpEndpoint.badHeaders(headers, verdict, services.revisions());
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
        StreamOwner owner = new StreamOwner.Session(session.id());
        switch (services.streams().open(owner, request.settled(), ClientStream.EVERY_CHANGE)) {
            case ClientStreams.Opening.Opened(ClientStream stream) -> run(exchange, session, stream);
            case ClientStreams.Opening.TooMany(int limit) ->
                exchange.answer(refuse(429, "this session has " + limit + " open streams already"));
            case ClientStreams.Opening.NoRoom(String reason) -> exchange.answer(refuse(503, reason));
        }
    }

    private void run(HttpExchange exchange, GatewaySession session, ClientStream stream)
            throws IOException, InterruptedException {
        try {
            OutputStream out = exchange.stream(200, ClientStream.HEADERS);
            stream.write(out, OPENED);
            try (ServerLink.Listening _ = services.servers().listen(exchange.headers(), session, new Queue(stream))) {
                pass(session, stream, out);
            }
            out.close();
        } finally {
            // Nobody may wait for room in it indefinitely.
            stream.close();
            services.streams().ended(stream);
        }
    }

    private void pass(GatewaySession session, ClientStream stream, OutputStream out)
            throws IOException, InterruptedException {
        // Asked only now: a DELETE before the stream was registered could not have closed it.
        while (gate.alive(session)) {
            switch (stream.await(untilNextSign(session))) {
                case CLOSED, FINISHED -> {
                    return;
                }
                case NEWS -> {
                    for (RawJson message : stream.takeNews(JsonRpcText::notification)) {
                        stream.write(out, SseEvent.message(message).encode());
                    }
                }
                case TIME_IS_UP -> stream.heartbeat(out);
            }
        }
    }

    private Duration untilNextSign(GatewaySession session) {
        Duration untilExpiry = Duration.between(services.clock().instant(), session.expiresAt());
        return untilExpiry.compareTo(settings.heartbeat()) < 0 ? untilExpiry : settings.heartbeat();
    }

    /** What servers say outside of calls waits in the stream for its thread. */
    private record Queue(ClientStream stream) implements ServerLink.Messages {
        @Override
        public boolean offer(RawJson message) throws InterruptedException {
            return stream.offer(message);
        }

        @Override
        public boolean conclude(RawJson answer) throws InterruptedException {
            return stream.conclude(answer);
        }
    }

    private static HttpAnswer refuse(int status, String text) {
        return HttpAnswer.error(status, JsonRpcId.NONE, new JsonRpcError(JsonRpcCodes.INVALID_REQUEST, text));
    }
}
