package io.mcpgateway.broker.hairpin;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.endpoint.ServerLink;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells server sessions what their client said, one short request to each on a virtual thread of its own. At most so
 * many run at a time; what comes above that is dropped and logged, as a server that is down would have missed it too.
 */
public final class HairpinLink implements ServerLink {
    private static final Logger log = LoggerFactory.getLogger(HairpinLink.class);
    private static final int MAX_MESSAGES = 2048;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final HttpLimits LIMITS =
            new HttpLimits(TIMEOUT, TIMEOUT, TIMEOUT, MAX_ANSWER_BYTES, MAX_ANSWER_BYTES);

    private final ServerAccess access;
    private final SessionStore store;
    private final ServerStreams streams;
    private final Semaphore room;

    public HairpinLink(ServerAccess access, SessionStore store, ServerStreams streams) {
        this(access, store, streams, MAX_MESSAGES);
    }

    HairpinLink(ServerAccess access, SessionStore store, ServerStreams streams, int maxMessages) {
        this.access = access;
        this.store = store;
        this.streams = streams;
        this.room = new Semaphore(maxMessages);
    }

    @Override
    public void ended(RequestHeaders headers, GatewaySessionId session, List<SessionStore.Entry> serverSessions) {
        ClientRequest client = new ClientRequest(headers, session);
        for (SessionStore.Entry entry : serverSessions) {
            if (entry.serverSession().id().isPresent()) {
                start("end of session", entry, client, Map.of(), McpConnection::delete, () -> {});
            }
        }
    }

    @Override
    public void notified(RequestHeaders client, GatewaySessionId session, String method, RawJson message) {
        toEach(new ClientRequest(client, session), method, sessionsOf(session), connection -> connection.send(message));
    }

    @Override
    public void logLevelSet(RequestHeaders client, GatewaySessionId session, LogLevel level, Set<ServerKey> servers) {
        toEach(
                new ClientRequest(client, session),
                McpMethod.SET_LOG_LEVEL.wireName(),
                sessionsOf(session).stream()
                        .filter(entry -> servers.contains(entry.server()))
                        .toList(),
                connection -> SessionLogLevel.tell(connection, level));
    }

    @Override
    public Listening listen(RequestHeaders client, GatewaySession session, Messages messages) {
        return streams.listen(client, session, messages);
    }

    @FunctionalInterface
    private interface Exchange {
        McpOutcome on(McpConnection connection) throws InterruptedException;
    }

    private void toEach(
            ClientRequest client, String method, List<SessionStore.Entry> serverSessions, Exchange exchange) {
        Map<String, String> routed = Map.of(GatewayHeaders.METHOD, method);
        CountDownLatch pending = new CountDownLatch(serverSessions.size());
        for (SessionStore.Entry entry : serverSessions) {
            start(
                    method,
                    entry,
                    client,
                    routed,
                    connection -> judge(client.session(), entry, exchange.on(connection)),
                    pending::countDown);
        }
        await(pending);
    }

    private List<SessionStore.Entry> sessionsOf(GatewaySessionId session) {
        try {
            return store.all(session);
        } catch (SessionStoreException e) {
            log.error("session store failed session={}", session, e);
            return List.of();
        }
    }

    @FunctionalInterface
    private interface Message {
        void sendOn(McpConnection connection) throws InterruptedException;
    }

    /** {@code done} is called in every case, once. */
    private void start(
            String what,
            SessionStore.Entry entry,
            ClientRequest client,
            Map<String, String> routed,
            Message message,
            Runnable done) {
        Optional<ServerRoute> server = access.server(entry.server());
        if (server.isEmpty()) {
            log.debug(
                    "not sent: the server was removed: what=\"{}\" server={}",
                    what,
                    entry.server().value());
            done.run();
            return;
        }
        if (!room.tryAcquire()) {
            log.warn(
                    "not sent: too many messages in progress: what=\"{}\" server={}",
                    what,
                    server.get().name().value());
            done.run();
            return;
        }
        Thread.ofVirtual().name("server-message").start(() -> {
            try {
                message.sendOn(access.resume(server.get(), entry, client, routed, LIMITS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.error(
                        "message to server failed unexpectedly: what=\"{}\" server={}",
                        what,
                        server.get().name().value(),
                        e);
            } finally {
                room.release();
                done.run();
            }
        });
    }

    private void judge(GatewaySessionId session, SessionStore.Entry entry, McpOutcome outcome) {
        switch (outcome) {
            case McpOutcome.Answer _ -> {}
            case McpOutcome.SessionLost _ -> {
                if (store.remove(session, entry.server(), entry.serverSession())) {
                    log.info(
                            "server session unknown to its server, dropped: server={} session={}",
                            entry.server().value(),
                            session);
                }
            }
            case McpOutcome.Failure failure ->
                log.info(
                        "message to server failed server={} session={} cause={}",
                        entry.server().value(),
                        session,
                        failure.message());
        }
    }

    private static void await(CountDownLatch pending) {
        try {
            if (!pending.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("servers are slow to accept messages: waiting={}", pending.getCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
