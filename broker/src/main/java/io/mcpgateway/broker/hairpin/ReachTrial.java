package io.mcpgateway.broker.hairpin;

import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.client.OpenOutcome;
import io.mcpgateway.broker.client.RequestIds;
import io.mcpgateway.broker.client.modern.MessageListener;
import io.mcpgateway.broker.client.modern.ModernClient;
import io.mcpgateway.broker.client.modern.ModernReply;
import io.mcpgateway.broker.client.modern.ModernRequest;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tries whether a server can be reached as calls reach it: through the gateway's own listener, so that everything which may
 * be wrong with the way is on the way. A legacy server is asked for a session, which is used for a ping and ended; others
 * are asked what they are. Whoever asks has no credential, so nothing is shown but what the way itself does.
 *
 * <p>A server is tried by one at a time, and not again for some seconds, so nobody can use this to wear it out.
 */
public final class ReachTrial {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration KEPT = Duration.ofSeconds(3);
    private static final int AT_A_TIME = 8;
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;
    private static final int LONGEST_DETAIL = 400;
    private static final HttpLimits LIMITS =
            new HttpLimits(TIMEOUT, TIMEOUT, TIMEOUT, MAX_ANSWER_BYTES, MAX_ANSWER_BYTES);
    private static final ServerReachCause TOO_MANY =
            new ServerReachCause(ServerReach.FAILED, "not tried: too many servers are being tried; ask again");
    private static final GatewaySessionId NOBODY = new GatewaySessionId("reach");

    private final ServerAccess access;
    private final ModernClient modern;
    private final Semaphore room = new Semaphore(AT_A_TIME);
    /** By name; no more than are served. */
    private final Map<String, Tried> tried = new ConcurrentHashMap<>();

    public ReachTrial(ServerAccess access) {
        this.access = access;
        this.modern = new ModernClient(access.client());
    }

    /** An outcome and its detail. */
    private record ServerReachCause(String outcome, String detail) {}

    /** The last trial of a server, and who may make the next. */
    private static final class Tried {
        private final ReentrantLock lock = new ReentrantLock();
        private Instant at = Instant.MIN;
        private Optional<ServerReach> reach = Optional.empty();
    }

    /** See {@link io.mcpgateway.broker.status.Reach}. */
    public Optional<ServerReach> of(String name) throws InterruptedException {
        Map<String, ServerRoute> served = new HashMap<>();
        access.table()
                .get()
                .servers()
                .values()
                .forEach(server -> served.put(server.name().value(), server));
        tried.keySet().retainAll(served.keySet());
        ServerRoute server = served.get(name);
        return server == null ? Optional.empty() : Optional.of(of(server));
    }

    private ServerReach of(ServerRoute server) throws InterruptedException {
        String name = server.name().value();
        Tried mine = tried.computeIfAbsent(name, _ -> new Tried());
        mine.lock.lockInterruptibly();
        try {
            Instant now = access.clock().instant();
            if (mine.reach.isPresent() && now.isBefore(mine.at.plus(KEPT))) {
                return mine.reach.get();
            }
            ServerReachCause cause = withinBounds(server);
            mine.at = access.clock().instant();
            ServerReach reach = new ServerReach(
                    name,
                    cause.outcome(),
                    cause.detail()
                            .substring(
                                    0, Math.min(LONGEST_DETAIL, cause.detail().length())),
                    Duration.between(now, mine.at).toMillis());
            mine.reach = Optional.of(reach);
            return reach;
        } finally {
            mine.lock.unlock();
        }
    }

    private ServerReachCause withinBounds(ServerRoute server) throws InterruptedException {
        if (!room.tryAcquire()) {
            return TOO_MANY;
        }
        try {
            return server.eras().speaksLegacy() || !server.eras().speaksModern() ? session(server) : discover(server);
        } finally {
            room.release();
        }
    }

    private ServerReachCause session(ServerRoute server) throws InterruptedException {
        InitializeParams params =
                new InitializeParams(ProtocolVersions.LATEST, InitializeParams.GATEWAY, ClientFeatures.NONE);
        return switch (access.client().open(target(server), params, RequestIds.besideAClients(), _ -> {})) {
            case OpenOutcome.NotOpened(McpOutcome.Failure failure) -> cause(failure);
            case OpenOutcome.Opened(McpConnection connection) -> pinged(connection);
        };
    }

    private static ServerReachCause pinged(McpConnection connection) throws InterruptedException {
        try {
            return switch (connection.ping()) {
                // Some servers know no ping. It is the way that is tried.
                case McpOutcome.Answer _, McpOutcome.RpcError _ -> reached();
                case McpOutcome.SessionLost _ ->
                    new ServerReachCause(
                            ServerReach.FAILED,
                            "a ping in a session that was just opened: the server does not know the session (HTTP 404)");
                case McpOutcome.Failure failure ->
                    new ServerReachCause(
                            cause(failure).outcome(),
                            "a ping in a session that was just opened: "
                                    + cause(failure).detail());
            };
        } finally {
            connection.delete();
        }
    }

    private ServerReachCause discover(ServerRoute server) throws InterruptedException {
        ModernRequest request = ModernRequest.of(
                McpMethod.DISCOVER,
                RequestIds.besideAClients().next(),
                new InitializeParams(ProtocolVersions.LATEST, InitializeParams.GATEWAY, ClientFeatures.NONE)
                        .introduction(ProtocolVersions.MODERN.getLast()),
                Map.of());
        return switch (modern.exchange(target(server), request, MessageListener.NONE)) {
            case ModernReply.Result _ -> reached();
            case ModernReply.Refused(int status, int _, String message, var _) ->
                status == 401 || status == 403
                        ? new ServerReachCause(ServerReach.REFUSED, "HTTP " + status + ": " + message)
                        : reached();
            case ModernReply.Failed(McpOutcome.Failure failure) -> cause(failure);
        };
    }

    private McpTarget target(ServerRoute server) {
        ClientRequest nobody = new ClientRequest(RequestHeaders.EMPTY, NOBODY);
        return access.target(server, routerKey -> HairpinHeaders.of(nobody, server, Map.of(), routerKey), LIMITS);
    }

    private static ServerReachCause reached() {
        return new ServerReachCause(ServerReach.REACHED, "");
    }

    private static ServerReachCause cause(McpOutcome.Failure failure) {
        return switch (failure) {
            case McpOutcome.RpcError _ -> reached();
            case McpOutcome.HttpFailure http ->
                new ServerReachCause(http.refusedCredential() ? ServerReach.REFUSED : ServerReach.FAILED, words(http));
            case McpOutcome.SessionLost _,
                    McpOutcome.Timeout _,
                    McpOutcome.Unreachable _,
                    McpOutcome.ProtocolViolation _ -> new ServerReachCause(ServerReach.FAILED, failure.message());
        };
    }

    /** It may be the server's answer, or Envoy's. */
    private static String words(McpOutcome.HttpFailure failure) {
        return "HTTP " + failure.status() + (failure.detail().isEmpty() ? "" : ": " + failure.detail());
    }
}
