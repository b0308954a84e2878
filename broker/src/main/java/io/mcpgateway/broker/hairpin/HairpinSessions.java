package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.client.OpenOutcome;
import io.mcpgateway.broker.client.RequestIds;
import io.mcpgateway.broker.dispatch.ServerSessions;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.router.SessionOutcome;
import io.mcpgateway.broker.router.SessionOutcome.Failed;
import io.mcpgateway.broker.router.SessionOutcome.Ready;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens server sessions by an initialize that goes through the gateway's own listener, so that the policies of the
 * server's route apply. Calls that race for one (gateway session, server) share one initialize and its outcome; a
 * failure is told to those who waited and then forgotten.
 */
public final class HairpinSessions implements ServerSessions {
    private static final Logger log = LoggerFactory.getLogger(HairpinSessions.class);
    /** Over the initialize timeout, so that waiters hear the outcome rather than give up just before it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ServerAccess access;
    private final SessionStore store;
    private final SessionDoubts doubts;
    private final FreshSession fresh;
    private final GatewayMetrics metrics;
    /** As many as there are calls that wait, or have given up waiting no longer ago than an initialize may last. */
    private final ConcurrentMap<Flight, CompletableFuture<SessionOutcome>> flights = new ConcurrentHashMap<>();

    private record Flight(GatewaySessionId session, ServerKey server) {}

    public HairpinSessions(
            ServerAccess access,
            SessionStore store,
            SessionDoubts doubts,
            ServerStreams streams,
            GatewayMetrics metrics) {
        this.access = access;
        this.store = store;
        this.doubts = doubts;
        this.fresh = new FreshSession(store, streams);
        this.metrics = metrics;
    }

    @Override
    public SessionOutcome obtain(CallServer call) {
        Optional<ServerSession> known;
        try {
            known = stored(call);
        } catch (SessionStoreException e) {
            log.error("Session store failed server={}", server(call), e);
            return failed(502, call, "the session store is not available");
        }
        if (known.isPresent() && !doubted(call)) {
            return new Ready(known.get());
        }
        Flight flight = new Flight(call.session().id(), call.route().server().key());
        CompletableFuture<SessionOutcome> mine = new CompletableFuture<>();
        CompletableFuture<SessionOutcome> others = flights.putIfAbsent(flight, mine);
        if (others != null) {
            return await(call, others);
        }
        // On a thread of its own: the first caller may be interrupted while others still wait.
        Thread.ofVirtual().name("server-initialize").start(() -> fly(call, flight, mine));
        return await(call, mine);
    }

    private Optional<ServerSession> stored(CallServer call) {
        return store.find(call.session().id(), call.route().server().key());
    }

    private void fly(CallServer call, Flight flight, CompletableFuture<SessionOutcome> mine) {
        SessionOutcome outcome = failed(502, call, "internal error");
        try {
            // A flight that landed between our look and our start has left its session.
            Optional<ServerSession> known = stored(call);
            outcome = known.isEmpty()
                    ? measured(call)
                    : doubted(call) ? tried(call, known.get()) : new Ready(known.get());
        } catch (RuntimeException e) {
            log.error("Server session failed unexpectedly server={}", server(call), e);
        } finally {
            // Forgotten before it is reported, so a call after a failure gets a new attempt. A session that
            // was opened is in the store by now.
            flights.remove(flight, mine);
            mine.complete(outcome);
        }
    }

    private SessionOutcome await(CallServer call, CompletableFuture<SessionOutcome> outcome) {
        try {
            return outcome.get(access.settings().timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(502, call, "the request was cancelled");
        } catch (TimeoutException e) {
            return failed(504, call, "timed out");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a flight completes with an outcome, never with an exception", e);
        }
    }

    private boolean doubted(CallServer call) {
        return doubts.doubted(call.session().id(), call.route().server().key());
    }

    /** The stored session if the server still knows it, else a new one. */
    private SessionOutcome tried(CallServer call, ServerSession known) {
        ServerKey server = call.route().server().key();
        SessionTrial.Verdict verdict = known.id().isEmpty()
                ? SessionTrial.Verdict.ALIVE
                : SessionTrial.of(access, call, new SessionStore.Entry(server, known));
        doubts.settled(call.session().id(), server, access.clock().instant());
        return switch (verdict) {
            case ALIVE -> new Ready(known);
            case LOST -> {
                store.remove(call.session().id(), server, known);
                log.info(
                        "server session unknown to its server, dropped: server={} session={}",
                        server.value(),
                        call.session().id());
                yield measured(call);
            }
            case REFUSED -> measured(call) instanceof Ready replaced ? replaced : new Ready(known);
        };
    }

    private SessionOutcome measured(CallServer call) {
        Instant start = access.clock().instant();
        SessionOutcome outcome = initialize(call);
        String result = outcome instanceof Ready ? "success" : "failure";
        metrics.serverSessionOpened(
                server(call), result, Duration.between(start, access.clock().instant()));
        switch (outcome) {
            case Ready _ ->
                log.debug(
                        "Server session created server={} session={}",
                        server(call),
                        call.session().id());
            case Failed(int status, String message) ->
                log.warn("Server session failed server={} status={} cause={}", server(call), status, message);
        }
        return outcome;
    }

    private SessionOutcome initialize(CallServer call) {
        HairpinSettings settings = access.settings();
        HttpLimits limits = new HttpLimits(
                settings.timeout(),
                settings.timeout(),
                settings.timeout(),
                settings.maxResponseBytes(),
                settings.maxResponseBytes());
        McpTarget target =
                access.target(call.route().server(), routerKey -> HairpinHeaders.of(call, routerKey), limits);
        try {
            return switch (access.client().open(target, params(call), RequestIds.besideAClients(), _ -> {})) {
                case OpenOutcome.NotOpened(McpOutcome.Failure failure) -> refused(call, failure);
                case OpenOutcome.Opened(McpConnection connection) -> keep(call, connection);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(502, call, "the request was cancelled");
        }
    }

    private SessionOutcome keep(CallServer call, McpConnection connection) throws InterruptedException {
        ServerSession serverSession = new ServerSession(
                connection.session().id(), connection.session().protocolVersion());
        store.put(call.session(), call.route().server().key(), serverSession);
        // Asked after the put: a revocation before it made it void, one after it has seen our session.
        if (store.revoked(call.session().id())) {
            connection.delete();
            return new Failed(404, "session not found");
        }
        doubts.made(
                call.session().id(), call.route().server().key(), access.clock().instant());
        fresh.prepare(
                call, connection, new SessionStore.Entry(call.route().server().key(), serverSession));
        return new Ready(serverSession);
    }

    private static InitializeParams params(CallServer call) {
        String negotiated = call.session().protocolVersion();
        String proposed = ProtocolVersions.supported(negotiated) ? negotiated : ProtocolVersions.LATEST;
        return new InitializeParams(
                proposed, InitializeParams.GATEWAY, call.session().features());
    }

    private SessionOutcome refused(CallServer call, McpOutcome.Failure failure) {
        return switch (failure) {
            case McpOutcome.HttpFailure http when http.refusedCredential() -> denied(call, http);
            // Where it redirects to, and why it refuses, is for its owner to read in /status.
            case McpOutcome.HttpFailure http ->
                failed(clientStatus(http.status()), call, "the server answered HTTP " + http.status());
            case McpOutcome.Timeout _ -> failed(504, call, failure.message());
            // The gateway's own address is behind "unreachable", and a server's words are not ours to repeat.
            case McpOutcome.Unreachable(String cause, boolean _) -> unreachable(call, cause);
            case McpOutcome.RpcError(int code, String _) ->
                failed(502, call, "the server answered initialize with error " + code);
            case McpOutcome.SessionLost _, McpOutcome.ProtocolViolation _ -> failed(502, call, failure.message());
        };
    }

    private SessionOutcome unreachable(CallServer call, String cause) {
        HairpinSettings settings = access.settings();
        if (!settings.isTls()) {
            log.warn("Gateway listener not reached url={} cause={}", settings.privateUrl(), cause);
            return failed(502, call, "the server is not reachable through the gateway");
        }
        log.warn(
                "Gateway listener not reached url={} cause={}; if it is TLS: its certificate must be valid for {} and"
                        + " signed by a CA that the broker trusts (spec.caCertBundleRef of the MCPGatewayExtension)",
                settings.privateUrl(),
                cause,
                settings.certificateName().orElse("the host of that url"));
        return failed(
                502, call, "the broker cannot use the gateway's own HTTPS listener; the broker's log has the reason");
    }

    /**
     * The first call of a server opens a session there, by a request that says what the call is about, so a policy that
     * denies the call denies this. A 401 is the client's business only where its own token went: to the server, or to a
     * policy on the way. A challenge is a policy's then, as a server's own does not pass.
     */
    private static SessionOutcome denied(CallServer call, McpOutcome.HttpFailure refusal) {
        int status = refusal.status();
        boolean asCaller =
                refusal.challenged() || call.route().server().authorization() instanceof CallAuthorization.Forward;
        return new Failed(
                status == 401 && !asCaller ? 502 : status,
                "the call was refused with HTTP " + status + " by a policy on the way to server " + server(call)
                        + ", or by the server itself");
    }

    /** A 404 would tell the client that its session with the gateway ended (MCP, "Session Management"); it did not. */
    private static int clientStatus(int status) {
        return status >= 400 && status < 500 && status != 404 ? status : 502;
    }

    private static Failed failed(int status, CallServer call, String cause) {
        return new Failed(status, "cannot open a session with MCP server " + server(call) + ": " + cause);
    }

    private static String server(CallServer call) {
        return call.route().server().name().value();
    }
}
