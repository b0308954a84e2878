package io.mcpgateway.broker.router;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a client waits for, and by what it is counted.
 *
 * @param id of the message; a refusal carries it
 * @param server empty for what no server is asked for
 */
public record RunningCall(JsonRpcId id, GatewaySessionId session, Optional<ServerName> server) {
    public RunningCall {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(server, "server");
    }

    /** Empty for what is not counted: decisions that end here or at the broker, and replies, which calls wait for. */
    public static Optional<RunningCall> of(RouteDecision decision) {
        return switch (decision) {
            case RouteDecision.CallBackend call -> Optional.of(of(call));
            case RouteDecision.Forward forward ->
                forward.callId()
                        .map(id -> new RunningCall(
                                id,
                                forward.metadata().session(),
                                Optional.of(forward.server().name())));
            case RouteDecision.Reject _,
                    RouteDecision.ToBroker _,
                    RouteDecision.InitializeBackend _,
                    RouteDecision.AnswerServerRequest _ -> Optional.empty();
        };
    }

    public static RunningCall of(RouteDecision.CallBackend call) {
        return new RunningCall(
                call.id(),
                call.session().id(),
                Optional.of(call.route().server().name()));
    }
}
