package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server session that was just made, and is in the store, gets before its first call: the log level that the
 * client asked for, and somebody who reads its stream. The call waits for it, but not long, and does without if need be.
 */
record FreshSession(SessionStore store, ServerStreams streams) {
    private static final Logger log = LoggerFactory.getLogger(FreshSession.class);
    /** Together with the time for initialize, still less than what callers wait for the session. */
    static final Duration PATIENCE = Duration.ofMillis(800);

    void prepare(CallServer call, McpConnection connection, SessionStore.Entry entry) throws InterruptedException {
        Optional<Thread> telling = level(call.session().id(), connection)
                .map(level -> Thread.ofVirtual().name("server-log-level").start(() -> tell(call, connection, level)));
        long start = System.nanoTime();
        // A client without such features needs no stream right away.
        boolean canBeAsked = call.session().features().canBeAsked();
        streams.made(call.session().id(), entry, canBeAsked ? PATIENCE : Duration.ZERO);
        if (telling.isPresent()) {
            Duration left = PATIENCE.minusNanos(System.nanoTime() - start);
            telling.get().join(left.isNegative() ? Duration.ZERO : left);
        }
    }

    private Optional<LogLevel> level(GatewaySessionId session, McpConnection connection) {
        if (!connection.session().capabilities().has(Capability.LOGGING)) {
            return Optional.empty();
        }
        try {
            return store.logLevel(session);
        } catch (SessionStoreException unavailable) {
            log.warn("log level could not be read session={} cause=\"{}\"", session, unavailable.getMessage());
            return Optional.empty();
        }
    }

    private static void tell(CallServer call, McpConnection connection, LogLevel level) {
        try {
            if (SessionLogLevel.tell(connection, level) instanceof McpOutcome.Failure failure) {
                log.info(
                        "log level not set server={} session={} cause={}",
                        call.route().server().name().value(),
                        call.session().id(),
                        failure.message());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
