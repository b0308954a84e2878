package io.mcpgateway.broker.dispatch;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.session.SessionVerdict;
import io.mcpgateway.broker.telemetry.ClientRevision;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.broker.telemetry.RefusalReason;
import io.mcpgateway.broker.telemetry.ServerFailure;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts decisions, and logs them so that one can see why a request went where it did. */
record DecisionCounter(GatewayMetrics metrics) {
    private static final Logger log = LoggerFactory.getLogger(DecisionCounter.class);
    private static final int SHOWN_ANSWER = 400;

    /** The decision, counted and logged. */
    RouteDecision.Complete counted(RouteDecision.Complete decision, RequestHead head, RouteTable table) {
        String revision = ClientRevision.label(head.headers());
        switch (decision) {
            case RouteDecision.Reject(Refusal(int status, var _, RawJson answer)) -> {
                metrics.refused(reason(status, revision), revision);
                // The answer names what is refused and why, as the client reads it.
                log.atDebug()
                        .addArgument(status)
                        .addArgument(() -> JsonText.excerpt(answer.toString(), SHOWN_ANSWER))
                        .log("request refused: status={} answer={}");
            }
            case RouteDecision.ToBroker _ -> {
                metrics.routed("to_broker", BrokerLaunch.SERVER_NAME, revision);
                log.debug("request goes to the broker");
            }
            case RouteDecision.Bridge(ServerRoute server, var _) -> {
                metrics.routed("bridge", server.name().value(), revision);
                log.debug("call goes to the broker, which translates it for its server: server={}", server.name());
            }
            case RouteDecision.InitializeServer(String host, var _, var _) -> {
                String server = serverName(table, host);
                metrics.routed("initialize_backend", server, revision);
                log.debug("initialize of the broker goes to its server: server={}", server);
            }
            case RouteDecision.Forward(ServerRoute server, var _, var _, CallMetadata call) -> {
                metrics.routed("forward", server.name().value(), revision);
                log.atDebug()
                        .addArgument(server.name()::value)
                        .addArgument(() -> described(call))
                        .log("request goes to a server: server={} {}");
            }
        }
        return decision;
    }

    /** What a server's answer says of the call that it got; empty if it did not fail it. */
    static Optional<ServerFailure> failure(int status, ResponseDecision decision) {
        if (decision.session() == ResponseDecision.SessionState.LOST) {
            return Optional.of(ServerFailure.SESSION_LOST);
        }
        if (status == 401 || status == 403) {
            return Optional.of(ServerFailure.UNAUTHORIZED);
        }
        if (status >= 500 || status == 0) {
            return Optional.of(ServerFailure.SERVER_ERROR);
        }
        if (status >= 400) {
            return Optional.of(ServerFailure.CLIENT_ERROR);
        }
        return decision instanceof ResponseDecision.Instead ? Optional.of(ServerFailure.UNUSABLE) : Optional.empty();
    }

    void failed(Optional<ServerRoute> server, ServerFailure failure) {
        metrics.serverFailed(
                server.map(ServerRoute::name).map(ServerName::value).orElse(GatewayMetrics.UNKNOWN_SERVER), failure);
    }

    /** In a modern revision 404 speaks of the method: there is no session that could be unknown. */
    private static RefusalReason reason(int status, String revision) {
        return status == 404 && ProtocolVersions.modern(revision)
                ? RefusalReason.NOT_ACCEPTED
                : RefusalReason.of(status);
    }

    /** In which session, or by which revision without one, for a log line. */
    static String described(CallMetadata call) {
        return switch (call) {
            case CallMetadata.InSession inSession -> "session=" + inSession.session();
            case CallMetadata.Sessionless sessionless ->
                "protocolVersion=" + sessionless.era().protocolVersion();
        };
    }

    /** Why a session does not count, as the log tells it. */
    static void logIfRefused(SessionVerdict verdict) {
        switch (verdict) {
            case SessionVerdict.Valid _, SessionVerdict.Missing _ -> {}
            case SessionVerdict.Unconfirmed _ -> log.warn("session not confirmed: the session store is not available");
            case SessionVerdict.Expired _ -> log.info("session expired: the client has to initialize again");
            case SessionVerdict.Revoked _ -> log.info("session not found: it was ended by the client");
            case SessionVerdict.ForeignCaller _ ->
                log.warn("session refused: it was used with another caller's credential");
            case SessionVerdict.OtherUrl _ -> log.info("session not found: it was started at another URL");
            case SessionVerdict.Invalid(String reason) -> log.info("session not found: reason=\"{}\"", reason);
        }
    }

    private static String serverName(RouteTable table, String host) {
        return table.serverByHostname(host)
                .map(ServerRoute::name)
                .map(ServerName::value)
                .orElse(GatewayMetrics.UNKNOWN_SERVER);
    }
}
