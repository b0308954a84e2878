package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ResponseRouter;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RequestOrigin;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.RouterFacts;
import io.mcpgateway.broker.router.ServerMessages;
import io.mcpgateway.broker.router.SessionOutcome;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.broker.telemetry.ServerFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides on the snapshot that is current when the request arrives. */
public final class SnapshotDispatcher implements RequestDispatcher {
    private static final Logger log = LoggerFactory.getLogger(SnapshotDispatcher.class);

    /**
     * Who takes part.
     *
     * @param usedTokens shared by everything that accepts router tokens in this process
     */
    public record Parts(
            SnapshotCell snapshots,
            Router router,
            SessionTokens sessionTokens,
            RouterTokens routerTokens,
            UsedTokens usedTokens,
            TrustedHeaders trusted,
            SessionStore store,
            ServerSessions serverSessions,
            SessionDoubts doubts,
            GatewayMetrics metrics,
            RequestStates requestStates,
            InstantSource clock) {
        public Parts {
            Objects.requireNonNull(snapshots, "snapshots");
            Objects.requireNonNull(router, "router");
            Objects.requireNonNull(sessionTokens, "sessionTokens");
            Objects.requireNonNull(routerTokens, "routerTokens");
            Objects.requireNonNull(usedTokens, "usedTokens");
            Objects.requireNonNull(trusted, "trusted");
            Objects.requireNonNull(store, "store");
            Objects.requireNonNull(serverSessions, "serverSessions");
            Objects.requireNonNull(doubts, "doubts");
            Objects.requireNonNull(metrics, "metrics");
            Objects.requireNonNull(requestStates, "requestStates");
            Objects.requireNonNull(clock, "clock");
        }
    }

    private final Parts parts;
    private final RequestFacts requestFacts;
    private final DecisionCounter decisions;

    public SnapshotDispatcher(Parts parts) {
        this.parts = parts;
        this.decisions = new DecisionCounter(parts.metrics());
        this.requestFacts = RequestFacts.by(parts);
    }

    @Override
    public HeaderEdits beforeBody(RequestHead head) {
        return new HeaderEdits(Map.of(":authority", parts.router().publicHost()), head.internalHeaders());
    }

    @Override
    public Map<String, String> answerHeaders(RequestHead head) {
        return parts.router().answerHeaders(head, parts.snapshots().get().table());
    }

    @Override
    public RouteDecision.Complete beginWithoutBody(RequestHead head) {
        Instant now = parts.clock().instant();
        RouterFacts facts = facts(head, now);
        return decisions.counted(
                allowedOnce(parts.router().decideWithoutBody(head, facts), facts, now), head, facts.table());
    }

    @Override
    public RouteDecision begin(RequestHead head, RawJson body) {
        Instant now = parts.clock().instant();
        RouterFacts facts = facts(head, now);
        return switch (parts.router().decide(head, body, facts)) {
            case RouteDecision.Reject reject -> {
                DecisionCounter.logIfRefused(facts.session());
                yield decisions.counted(reject, head, facts.table());
            }
            case RouteDecision.Complete complete ->
                decisions.counted(allowedOnce(complete, facts, now), head, facts.table());
            case RouteDecision.CallServer call -> withStoredSession(call, facts.table());
            case RouteDecision.AnswerServerRequest answer -> decisions.counted(concluded(answer), head, facts.table());
            case RouteDecision.Recorded recorded -> recorded;
        };
    }

    @Override
    public RouteDecision.Complete finish(RouteDecision.Pending pending) {
        RouteDecision.Complete complete = switch (pending) {
            case RouteDecision.CallServer call ->
                parts.router().complete(call, parts.serverSessions().obtain(call));
            case RouteDecision.AnswerServerRequest answer -> concluded(answer);
            case RouteDecision.Recorded recorded -> recorded.decision();
        };
        return decisions.counted(
                complete, pending.head(), parts.snapshots().get().table());
    }

    @Override
    public MessageEdit answerEdit(CallMetadata call) {
        return switch (call) {
            case CallMetadata.InSession inSession ->
                new ServerMessages(parts.router().serverRequests(), RequestOrigin.of(inSession));
            case CallMetadata.Sessionless modern ->
                requestFacts.seal(modern, parts.clock().instant());
        };
    }

    /** A reply needs the session in which its server sent the request: no other, and no new one. */
    private RouteDecision.Complete concluded(RouteDecision.AnswerServerRequest answer) {
        return parts.router()
                .completeReply(
                        answer,
                        parts.store()
                                .find(answer.session().id(), answer.server().key()));
    }

    @Override
    public ResponseDecision serverAnswered(CallMetadata call, ServerAnswer answer) {
        return noted(call, answer.status(), ResponseRouter.decide(answer, call, displayName(call.server())));
    }

    @Override
    public ResponseDecision serverAnsweredNotAsCaller(CallMetadata call, ServerAnswer answer) {
        CallAuthorization sent =
                known(call.server()).map(ServerRoute::authorization).orElseGet(CallAuthorization.None::new);
        return noted(
                call,
                answer.status(),
                ResponseRouter.decideNotAsCaller(answer, call, displayName(call.server()), sent));
    }

    @Override
    public ResponseDecision timedOut(CallMetadata call) {
        Optional<ServerRoute> server = known(call.server());
        decisions.failed(server, ServerFailure.TIMED_OUT);
        log.info(
                "call timed out: server={} {} limit={}",
                call.server().value(),
                DecisionCounter.described(call),
                server.flatMap(ServerRoute::callTimeout).map(Duration::toString).orElse("-"));
        return ResponseRouter.timedOut(call, displayName(call.server()), server.flatMap(ServerRoute::callTimeout));
    }

    private ResponseDecision noted(CallMetadata call, int status, ResponseDecision decision) {
        DecisionCounter.failure(status, decision).ifPresent(failure -> decisions.failed(known(call.server()), failure));
        if (decision instanceof ResponseDecision.Instead) {
            log.debug("response replaced: server={} status={}", call.server().value(), status);
        }
        return switch (call) {
            case CallMetadata.InSession inSession -> notedOfSession(inSession, decision);
            case CallMetadata.Sessionless _ -> decision;
        };
    }

    private ResponseDecision notedOfSession(CallMetadata.InSession call, ResponseDecision decision) {
        return switch (decision.session()) {
            case KEPT -> decision;
            case IN_DOUBT -> {
                parts.doubts()
                        .doubt(call.session(), call.server(), parts.clock().instant());
                yield decision;
            }
            case LOST -> afterLoss(call, decision);
        };
    }

    private ResponseDecision afterLoss(CallMetadata.InSession call, ResponseDecision decision) {
        Optional<ServerSession> stored = parts.store().find(call.session(), call.server());
        if (!stored.equals(Optional.of(call.serverSession()))) {
            return decision; // another call noticed it first
        }
        if (!parts.doubts()
                .mayForget(call.session(), call.server(), parts.clock().instant())) {
            // The session that it does not know was opened a moment ago; opening another one would not help.
            return decision instanceof ResponseDecision.Instead(var answer, var session, boolean _)
                    ? new ResponseDecision.Instead(answer, session, false)
                    : decision;
        }
        if (parts.store().remove(call.session(), call.server(), call.serverSession())) {
            log.info(
                    "server session unknown to its server, dropped: server={} session={}",
                    call.server().value(),
                    call.session());
        }
        return decision;
    }

    private Optional<ServerRoute> known(ServerKey key) {
        return parts.snapshots().get().table().servers().values().stream()
                .filter(server -> server.key().equals(key))
                .findFirst();
    }

    private String displayName(ServerKey key) {
        return known(key).map(server -> server.name().value()).orElse("that was called");
    }

    private RouterFacts facts(RequestHead head, Instant now) {
        RouterFacts facts = requestFacts.of(head, parts.snapshots().get().table(), now);
        if (facts.routerToken() instanceof RouterTokenVerdict.Invalid(String reason)) {
            log.info("router token refused: reason=\"{}\"", reason);
        }
        return facts;
    }

    /** The usual case: the session at the server exists, so nothing has to be waited for. */
    private RouteDecision withStoredSession(RouteDecision.CallServer call, RouteTable table) {
        Optional<ServerSession> stored;
        try {
            stored = parts.store()
                    .find(call.session().id(), call.route().server().key());
        } catch (SessionStoreException unavailable) {
            return call; // whoever obtains the session will find the same, and say so
        }
        return stored.isEmpty()
                        || parts.doubts()
                                .doubted(
                                        call.session().id(),
                                        call.route().server().key())
                ? call
                : decisions.counted(
                        parts.router().complete(call, new SessionOutcome.Ready(stored.get())), call.head(), table);
    }

    /** A router token allows one request: the second one with it is somebody else's. */
    private RouteDecision.Complete allowedOnce(RouteDecision.Complete decision, RouterFacts facts, Instant now) {
        if (!(decision instanceof RouteDecision.InitializeServer initialize)) {
            return decision;
        }
        if (!(facts.routerToken() instanceof RouterTokenVerdict.Valid token)) {
            return new RouteDecision.Reject(Refusals.routerToken(403, "this request needs a router token"));
        }
        return switch (parts.usedTokens().use(token.tokenId(), token.expiresAt(), now)) {
            case FIRST -> initialize;
            case REPEATED -> {
                log.warn("router token refused: it was used before, host={}", token.host());
                yield new RouteDecision.Reject(Refusals.routerToken(403, "the router token was used before"));
            }
            case REFUSED_FULL -> {
                log.warn("router token refused: too many are in use, host={}", token.host());
                yield new RouteDecision.Reject(
                        Refusals.routerToken(503, "too many router tokens are in use; try again later"));
            }
        };
    }
}
