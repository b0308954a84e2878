package io.mcpgateway.broker.client;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One initialized session with one server. Every method blocks within the target's limits and may be interrupted.
 * Safe for several threads.
 */
public final class McpConnection {
    private static final Duration DELETE_TIMEOUT = Duration.ofSeconds(2);

    private final BoundedExchange exchange;
    private final McpTarget target;
    private final McpSession session;
    private final Consumer<String> onNotification;
    private final RequestIds ids;

    McpConnection(
            BoundedExchange exchange,
            McpTarget target,
            McpSession session,
            RequestIds ids,
            Consumer<String> onNotification) {
        this.exchange = exchange;
        this.target = target;
        this.session = session;
        this.ids = ids;
        this.onNotification = onNotification;
    }

    public McpSession session() {
        return session;
    }

    /** Sends a request without params. */
    public McpOutcome request(McpMethod method) throws InterruptedException {
        String id = ids.next();
        return call(JsonRpcText.request(id, method), id);
    }

    /** Sends a request with {@code params}, which must be a JSON object. */
    public McpOutcome request(McpMethod method, RawJson params) throws InterruptedException {
        String id = ids.next();
        return call(JsonRpcText.request(id, method, params), id);
    }

    public McpOutcome ping() throws InterruptedException {
        return request(McpMethod.PING);
    }

    /**
     * Opens the server's stream of messages and reads it to its end; the connection's notification callback gets
     * each notification, and pings are answered.
     *
     * @param onOpen called once the stream is open
     */
    public ListenOutcome listen(Runnable onOpen) throws InterruptedException {
        AtomicBoolean opened = new AtomicBoolean();
        return stream(
                Optional.empty(),
                response -> {
                    opened.set(true);
                    onOpen.run();
                    return reader().listen(response.body());
                },
                failure -> opened.get() ? new ListenOutcome.Closed() : new ListenOutcome.Failed(failure));
    }

    /**
     * Opens the server's stream of messages, or takes up one that broke off, and reads it to its end. The messages are
     * the listener's business; nothing is answered here.
     *
     * @param lastEventId where to go on, if the server can
     */
    public ListenOutcome follow(Optional<String> lastEventId, EventListener listener) throws InterruptedException {
        return stream(
                lastEventId,
                response -> {
                    listener.opened();
                    return EventReader.read(response.body(), target.limits().maxEventBytes(), listener);
                },
                ListenOutcome.Failed::new);
    }

    /** @param opened reads a stream that the server has opened */
    private ListenOutcome stream(
            Optional<String> lastEventId,
            BoundedExchange.Reader<ListenOutcome> opened,
            Function<McpOutcome.Failure, ListenOutcome> failed)
            throws InterruptedException {
        McpRequests.Request get;
        try {
            McpRequests.Draft draft = base().header(StandardHeaders.ACCEPT, MediaTypes.EVENT_STREAM);
            lastEventId.ifPresent(id -> draft.header("Last-Event-ID", id));
            get = draft.get();
        } catch (IllegalArgumentException e) {
            return new ListenOutcome.Failed(McpRequests.invalidHeader());
        }
        HttpLimits limits = target.limits();
        return exchange.run(
                get,
                limits.header(),
                limits.stream(),
                response -> {
                    Optional<ListenOutcome> refusal = ListenOutcome.refusal(response.status());
                    return refusal.isPresent() || !ReplyReader.isEventStream(response)
                            ? refusal.orElseGet(ListenOutcome.NotOffered::new)
                            : opened.read(response);
                },
                failed);
    }

    /** Sends a notification or a reply unchanged; any success status is accepted. */
    public McpOutcome send(RawJson message) throws InterruptedException {
        return post(message, target.limits().exchange(), _ -> new McpOutcome.Answer(RawJson.of("{}")));
    }

    /** Ends the session at the server, if it has one, within 2 s; what the server says to that does not matter. */
    public void delete() throws InterruptedException {
        if (session.id().isEmpty()) {
            return;
        }
        try {
            exchange.run(base().delete(), DELETE_TIMEOUT, DELETE_TIMEOUT, _ -> true, _ -> false);
        } catch (IllegalArgumentException e) {
            // The header source went bad after initialize; the server will expire the session by itself.
        }
    }

    /** Sends {@code notifications/initialized}; a failure means that the session cannot be used. */
    McpOutcome initialized(Duration whole) throws InterruptedException {
        return post(
                JsonRpcText.notification(McpMethod.INITIALIZED),
                whole,
                response -> new McpOutcome.Answer(RawJson.of("{}")));
    }

    private McpOutcome call(RawJson body, String id) throws InterruptedException {
        return post(body, target.limits().exchange(), response -> reader().reply(response, id));
    }

    private McpOutcome post(RawJson body, Duration whole, BoundedExchange.Reader<McpOutcome> onSuccess)
            throws InterruptedException {
        McpRequests.Request request;
        try {
            request = base().post(body);
        } catch (IllegalArgumentException e) {
            return McpRequests.invalidHeader();
        }
        boolean named = session.id().isPresent();
        BoundedExchange.Reader<McpOutcome> reader = response -> {
            McpOutcome.Failure refusal = ReplyReader.refusal(response, named).orElse(null);
            return refusal == null ? onSuccess.read(response) : refusal;
        };
        Duration header =
                target.limits().header().compareTo(whole) < 0 ? target.limits().header() : whole;
        return exchange.run(request, header, whole, reader, failure -> failure);
    }

    private McpRequests.Draft base() {
        McpRequests.Draft draft = McpRequests.base(target);
        if (ProtocolVersions.sentAsHeader(session.protocolVersion())) {
            draft.header(McpHeaders.PROTOCOL_VERSION, session.protocolVersion());
        }
        session.id().ifPresent(id -> draft.header(McpHeaders.SESSION_ID, id));
        return draft;
    }

    private ReplyReader reader() {
        return new ReplyReader(target.limits(), new ReplyReader.ServerMessages() {
            @Override
            public void notified(String method) {
                onNotification.accept(method);
            }

            @Override
            public void asked(RpcMessage.ServerRequest request) throws InterruptedException {
                post(
                        DeclinedRequests.to(request),
                        target.limits().header(),
                        _ -> new McpOutcome.Answer(RawJson.of("{}")));
            }
        });
    }

    @Override
    public String toString() {
        return "McpConnection[" + target + ", " + session + "]";
    }
}
