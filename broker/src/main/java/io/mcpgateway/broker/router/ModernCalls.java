package io.mcpgateway.broker.router;

import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.refusal.ModernRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.router.RouteDecision.Bridge;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import java.util.Optional;

/**
 * Calls of modern clients: each one says all about itself. To a server that speaks a modern revision it goes straight,
 * without a session; what changes on the way is the name, in the body and in its header. To another one it goes through
 * the broker. Pure.
 */
record ModernCalls(String publicHost) {
    /**
     * The decision on a request of this method, which {@linkplain McpMethod#isCall is a call} in some revision; empty if
     * it is not one of a modern client: it is a legacy one then.
     */
    Optional<RouteDecision> decide(
            RequestHead head, RawJson body, Request request, McpMethod method, RouterFacts facts) {
        if (!ModernRule.concerns(head.headers(), request.method(), request.params().meta())) {
            return Optional.empty();
        }
        RouteTable table = facts.table();
        CapabilityView view =
                CapabilityView.resolve(ViewRequest.ofNewSession(head.headers(), facts.authorization()), table);
        if (view instanceof CapabilityView.Refused(String reason)) {
            return Optional.of(new Reject(Refusals.viewRefused(request.id(), reason)));
        }
        Optional<Refusal> refusal = ModernRule.refusal(head.headers(), request);
        return Optional.of(
                refusal.isPresent() ? new Reject(refusal.get()) : routed(head, body, request, method, facts, view));
    }

    private RouteDecision routed(
            RequestHead head,
            RawJson body,
            Request request,
            McpMethod method,
            RouterFacts facts,
            CapabilityView view) {
        Era.Modern client = new Era.Modern(request.params().meta().protocolVersion().orElseThrow());
        return switch (CallTarget.of(method, request, client, facts.table(), view)) {
            case CallTarget.Unknown(Refusal answer) -> new Reject(answer);
            case CallTarget.Found target -> {
                Optional<Refusal> refusal =
                        ParamRule.refusal(head.headers(), request.id(), target.route().paramHeaders(), body);
                yield refusal.isPresent()
                        ? new Reject(refusal.get())
                        : sent(head, body, request, method, client, facts, target);
            }
        };
    }

    /** No message can go straight from one era to the other. */
    private RouteDecision sent(
            RequestHead head,
            RawJson body,
            Request request,
            McpMethod method,
            Era.Modern client,
            RouterFacts facts,
            CallTarget.Found target) {
        ServerRoute server = target.route().server();
        return switch (server.eras().towards(client)) {
            case Era.Legacy _ ->
                new Bridge(server, BrokerEdits.ofBridged(head, method.wireName(), target, facts, publicHost));
            case Era.Modern _ when !server.eras().modern().contains(client.protocolVersion()) ->
                new Reject(Refusals.revisionNotServed(request.id(), Optional.of(client.protocolVersion())));
            case Era.Modern _ ->
                new Forward(
                        server,
                        CallEdits.sessionless(head, method, target),
                        target.renaming().map(splice -> splice.applyTo(body)),
                        new CallMetadata.Sessionless(server.key(), client, Optional.of(request.id())));
        };
    }
}
