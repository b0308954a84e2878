package io.mcpgateway.broker.embedded;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.http.CorsExchange;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.http.HttpHandler;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.ReadableId;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.ServerBound;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Asks the dispatcher and does what it says. */
final class ProxyHandler implements HttpHandler {
    private static final List<String> CALL_HEADERS =
            List.of(GatewayHeaders.TOOL_NAME, GatewayHeaders.PROMPT_NAME, GatewayHeaders.RESOURCE_URI);

    private static final String FORWARDED_HOST = "x-forwarded-host";

    /** The broker itself ends a call that it makes; its words say more than ours. */
    private static final Duration BRIDGED_GRACE = Duration.ofSeconds(5);

    private final URI broker;
    private final Semaphore room;
    private final OriginRule origins;
    private final RequestDispatcher dispatcher;
    private final Supplier<RouteTable> table;
    private final ProxyClient client;

    ProxyHandler(
            EmbeddedSettings settings, RequestDispatcher dispatcher, Supplier<RouteTable> table, ProxyClient client) {
        this.broker = settings.broker();
        this.room = new Semaphore(settings.maxRequests());
        this.origins = settings.origins();
        this.dispatcher = dispatcher;
        this.table = table;
        this.client = client;
    }

    @Override
    public void handle(HttpExchange asked) throws IOException, InterruptedException {
        boolean mcp = isWithin(asked.path(), BrokerLaunch.MCP_PATH);
        HttpExchange exchange = mcp
                ? CorsExchange.around(asked, origins.alsoOf(table.get().urls().ownHosts()))
                : asked;
        if (!room.tryAcquire()) {
            exchange.answer(
                    refuse(503, JsonRpcId.NONE, "the gateway has too many requests in progress; try again later"));
            return;
        }
        try {
            proxy(exchange);
        } catch (HttpExchange.BodyTooLarge problem) {
            exchange.answer(HttpAnswer.of(problem));
        } finally {
            room.release();
        }
    }

    private void proxy(HttpExchange exchange) throws IOException, InterruptedException {
        String path =
                exchange.path() + exchange.query().map(query -> "?" + query).orElse("");
        RequestHead head = new RequestHead(exchange.method(), exchange.authority(), path, exchange.headers());
        Optional<RawJson> body = exchange.announcesBody() ? Optional.of(exchange.body()) : Optional.empty();
        try {
            apply(exchange, head, body, true);
        } catch (URISyntaxException notAPath) {
            exchange.answer(refuse(400, idOf(body), "the request path is not a valid path"));
        }
    }

    private RouteDecision.Complete decide(RequestHead head, Optional<RawJson> body) {
        RouteDecision decision =
                body.isPresent() ? dispatcher.begin(head, body.get()) : dispatcher.beginWithoutBody(head);
        return switch (decision) {
            case RouteDecision.Pending pending -> dispatcher.finish(pending);
            case RouteDecision.Complete complete -> complete;
        };
    }

    private void apply(HttpExchange exchange, RequestHead head, Optional<RawJson> body, boolean mayRepeat)
            throws IOException, InterruptedException, URISyntaxException {
        switch (decide(head, body)) {
            case RouteDecision.Reject(var answer) -> exchange.answer(HttpAnswer.of(answer));
            case RouteDecision.ToBroker _
            when !isPublic(exchange.path()) ->
                exchange.answer(HttpAnswer.text(404, "not found; this gateway answers on /mcp"));
            case RouteDecision.ToBroker(HeaderEdits edits) ->
                client.exchange(
                        ProxyTarget.of("the broker", broker, head, edits.then(asAsked(head)), body), exchange, false);
            case RouteDecision.Bridge(ServerRoute server, HeaderEdits edits) ->
                client.exchange(
                        ProxyTarget.of(server.name().value(), broker, head, edits, body)
                                .limitedTo(server.callTimeout().map(BRIDGED_GRACE::plus)),
                        exchange,
                        false);
            case RouteDecision.InitializeServer(String host, HeaderEdits edits, CallAuthorization authorization) -> {
                Optional<ServerRoute> server = table.get().serverByHostname(host);
                if (server.isEmpty()) {
                    exchange.answer(refuse(502, idOf(body), "no server is registered for the host of this request"));
                    return;
                }
                client.exchange(
                        ProxyTarget.of(
                                        server.get().name().value(),
                                        server.get().url(),
                                        head,
                                        edits.then(ServerBound.edits(authorization)),
                                        body)
                                .withholding(ServerBound.withheld(authorization))
                                .limitedTo(server.get().callTimeout().filter(_ -> isCall(head))),
                        exchange,
                        false);
            }
            case RouteDecision.Forward forward -> {
                if (forward(exchange, head, body, forward, mayRepeat) == ProxyClient.Outcome.NOT_EXECUTED) {
                    // Once: the new session is as good as the server can make it.
                    apply(exchange, head, body, false);
                }
            }
        }
    }

    /** Of the broker's own requests those that it makes for a call; a stream of a server may last longer than that. */
    private static boolean isCall(RequestHead head) {
        return CALL_HEADERS.stream().anyMatch(head.headers()::has);
    }

    /** The broker returns to clients the URL that they use; a proxy in front knows it better. */
    private static HeaderEdits asAsked(RequestHead head) {
        return head.authority().isEmpty() || head.headers().has(FORWARDED_HOST)
                ? HeaderEdits.NONE
                : new HeaderEdits(Map.of(FORWARDED_HOST, head.authority()), Set.of());
    }

    private ProxyClient.Outcome forward(
            HttpExchange exchange,
            RequestHead head,
            Optional<RawJson> body,
            RouteDecision.Forward forward,
            boolean mayRepeat)
            throws IOException, InterruptedException, URISyntaxException {
        ServerRoute server = forward.server();
        Optional<RawJson> sent = forward.body().or(() -> body);
        try {
            return client.exchange(
                    ProxyTarget.of(
                                    server.name().value(),
                                    server.url(),
                                    head,
                                    forward.edits().then(ServerBound.edits(server.authorization())),
                                    sent)
                            .withholding(ServerBound.withheld(server.authorization()))
                            .concludedBy(forward.metadata(), server.callTimeout()),
                    exchange,
                    mayRepeat);
        } finally {
            dispatcher.ended(forward.metadata());
        }
    }

    /** As the routes in front of the broker are behind Envoy: status and health are not for clients. */
    private static boolean isPublic(String path) {
        return isWithin(path, BrokerLaunch.MCP_PATH)
                || isWithin(path, BrokerLaunch.PROTECTED_RESOURCE_PATH)
                || isWithin(path, BrokerLaunch.REGISTRY_PATH);
    }

    private static boolean isWithin(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    private static JsonRpcId idOf(Optional<RawJson> body) {
        return body.map(ReadableId::of).orElse(JsonRpcId.NONE);
    }

    private static HttpAnswer refuse(int status, JsonRpcId id, String text) {
        return HttpAnswer.error(status, id, new JsonRpcError(JsonRpcCodes.INTERNAL_ERROR, text));
    }
}
