package io.mcpgateway.broker.audit;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.refusal.ErrorCode;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RouteDecision;
import java.util.Objects;
import java.util.Optional;

/**
 * What was decided on a call.
 *
 * @param decision {@code forwarded} to a server, {@code bridged} between the eras by the broker, {@code answered} by the
 *     broker, {@code refused}, or {@code failed} by a bug
 * @param status HTTP status of a refusal
 * @param code JSON-RPC code of a refusal
 * @param server its name, if one was found
 * @param tool the server's own name of the tool or prompt, if one was found
 */
record AuditOutcome(
        String decision,
        Optional<Integer> status,
        Optional<String> code,
        Optional<String> server,
        Optional<String> tool) {
    AuditOutcome {
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(tool, "tool");
    }

    static AuditOutcome failed() {
        return new AuditOutcome("failed", Optional.of(500), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Refused by an adapter. */
    static AuditOutcome refused(int status) {
        return new AuditOutcome("refused", Optional.of(status), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Empty for the broker's own requests: they are part of a call that has its line. */
    static Optional<AuditOutcome> of(RouteDecision.Complete decision) {
        return switch (decision) {
            case RouteDecision.Forward forward ->
                Optional.of(sent("forwarded", name(forward.server()), forward.edits()));
            case RouteDecision.Bridge bridge -> Optional.of(sent("bridged", name(bridge.server()), bridge.edits()));
            case RouteDecision.ToBroker broker ->
                Optional.of(sent("answered", BrokerLaunch.SERVER_NAME, broker.edits()));
            case RouteDecision.Reject reject ->
                Optional.of(new AuditOutcome(
                        "refused",
                        Optional.of(reject.answer().status()),
                        ErrorCode.of(reject.answer().body()),
                        Optional.empty(),
                        Optional.empty()));
            case RouteDecision.InitializeServer _ -> Optional.empty();
        };
    }

    /** The same of a call whose server and tool were known before it was concluded. */
    AuditOutcome at(RouteDecision.CallServer call) {
        return new AuditOutcome(
                decision,
                status,
                code,
                Optional.of(name(call.route().server())),
                call.route().kind().prefixed() ? Optional.of(call.route().ownName()) : tool);
    }

    private static AuditOutcome sent(String decision, String server, HeaderEdits edits) {
        Optional<String> tool = Optional.ofNullable(edits.set().get(GatewayHeaders.TOOL_NAME))
                .or(() -> Optional.ofNullable(edits.set().get(GatewayHeaders.PROMPT_NAME)));
        return new AuditOutcome(decision, Optional.empty(), Optional.empty(), Optional.of(server), tool);
    }

    private static String name(ServerRoute server) {
        return server.name().value();
    }
}
