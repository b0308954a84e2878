package io.mcpgateway.broker.hairpin;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.endpoint.ServerLink.Listening;
import io.mcpgateway.broker.endpoint.ServerLink.Messages;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.MessageSpans;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.ServerMessages;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rest of a call's stream (MCP 2025-11-25, Transports, "Resumability and Redelivery"): the client names the last
 * event that it saw, and gets what followed, up to the answer. Events reach clients as servers number them, so it is
 * certain whose event it was only where the gateway has a single server: another one must not get to answer the call.
 */
final class ResumedCall implements FollowedStream.Reader, Listening {
    private static final Logger log = LoggerFactory.getLogger(ResumedCall.class);

    private final RequestHeaders client;
    private final GatewaySession session;
    private final Messages messages;
    private final Supplier<Listening> otherwise;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;
    private @Nullable FollowedStream stream;
    private @Nullable Listening instead;

    private ResumedCall(
            RequestHeaders client, GatewaySession session, Messages messages, Supplier<Listening> otherwise) {
        this.client = client;
        this.session = session;
        this.messages = messages;
        this.otherwise = otherwise;
    }

    /**
     * Empty if the client does not name an event, or it is not certain whose it is.
     *
     * @param otherwise what the client gets if the server does not take the stream up
     */
    static Optional<Listening> start(
            ServerStreams.Parts parts,
            RequestHeaders client,
            GatewaySession session,
            Messages messages,
            Supplier<Listening> otherwise) {
        Optional<String> lastEvent = client.first(McpHeaders.LAST_EVENT_ID).filter(id -> !id.isEmpty());
        Collection<ServerRoute> servers = parts.access().table().get().servers().values();
        // Before the store is read, which may be another process.
        if (lastEvent.isEmpty() || servers.size() != 1) {
            return Optional.empty();
        }
        Optional<SessionStore.Entry> server = onlyServer(servers, known(parts.store(), session));
        if (server.isEmpty() || !parts.room().tryAcquire()) {
            log.debug("stream of a call not resumed: session={} oneServer={}", session.id(), server.isPresent());
            return Optional.empty();
        }
        ResumedCall call = new ResumedCall(client, session, messages, otherwise);
        call.stream = FollowedStream.start(parts, call, server.get(), lastEvent);
        return Optional.of(call);
    }

    /** The session at the gateway's single server, if that is the only one that the client has. */
    static Optional<SessionStore.Entry> onlyServer(Collection<ServerRoute> servers, List<SessionStore.Entry> known) {
        if (servers.size() != 1 || known.size() != 1) {
            return Optional.empty();
        }
        return known.stream()
                .filter(entry -> entry.serverSession().id().isPresent())
                .filter(entry ->
                        servers.stream().allMatch(server -> server.key().equals(entry.server())))
                .findFirst();
    }

    private static List<SessionStore.Entry> known(SessionStore store, GatewaySession session) {
        try {
            return store.all(session.id());
        } catch (SessionStoreException unavailable) {
            return List.of();
        }
    }

    @Override
    public GatewaySession session() {
        return session;
    }

    @Override
    public Optional<RequestHeaders> headers() {
        return Optional.of(client);
    }

    @Override
    public void take(RawJson message, ServerMessages edits) throws InterruptedException {
        if (MessageSpans.isReply(message)) {
            messages.conclude(message);
            return;
        }
        Optional<RawJson> forClient = edits.onClientsStream(message);
        if (forClient.isPresent()) {
            messages.offer(forClient.get());
        }
    }

    /** The client keeps its stream, as one that names no event would. */
    @Override
    public void over() {
        lock.lock();
        try {
            if (!closed) {
                instead = otherwise.get();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (stream != null) {
                stream.stop();
            }
            if (instead != null) {
                instead.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
