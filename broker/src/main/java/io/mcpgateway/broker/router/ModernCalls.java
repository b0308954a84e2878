package io.mcpgateway.broker.router;

import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.refusal.ModernRefusals;
import io.mcpgateway.broker.refusal.ModernRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.refusal.RevisionRefusals;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.router.RouteDecision.Bridge;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.tasks.TaskSealing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls of modern clients: each one says all about itself, so to a server that speaks a modern revision it goes straight,
 * without a session; what changes on the way is the name, in the body and in its header, and a {@code requestState} that
 * was sealed for its caller. To another server it goes through the broker. Pure.
 */
record ModernCalls(
        String publicHost,
        RequestHead head,
        RawJson body,
        Request request,
        McpMethod method,
        RouterFacts facts,
        ServedRevisions served) {
    /**
     * The decision on a request of this method, which {@linkplain McpMethod#isCall is a call} in some revision. Empty if
     * the request is not a modern client's: then it is a legacy one.
     */
    static Optional<RouteDecision> decide(
            String publicHost, RequestHead head, RawJson body, Request request, McpMethod method, RouterFacts facts) {
        if (!ModernRule.concerns(
                head.headers(), request.method(), request.params().meta())) {
            return Optional.empty();
        }
        CapabilityView view = UrlEdits.view(head, facts);
        if (view instanceof CapabilityView.Refused(String reason)) {
            return Optional.of(new Reject(Refusals.viewRefused(request.id(), reason)));
        }
        ServedRevisions served = facts.table().revisions(view);
        Optional<Refusal> refusal = ModernRule.refusal(head.headers(), request, served);
        return Optional.of(
                refusal.isPresent()
                        ? new Reject(refusal.get())
                        : new ModernCalls(publicHost, head, body, request, method, facts, served).routed(view));
    }

    private RouteDecision routed(CapabilityView view) {
        Era.Modern client =
                new Era.Modern(request.params().meta().protocolVersion().orElseThrow());
        return switch (CallTarget.of(method, request, client, facts.table(), view)) {
            case CallTarget.OfGateway() -> new RouteDecision.ToBroker(BrokerEdits.ofFindTools(head, facts, publicHost));
            case CallTarget.Unknown(Refusal answer) -> new Reject(answer);
            case CallTarget.Found target -> checked(client, target);
        };
    }

    private RouteDecision checked(Era.Modern client, CallTarget.Found target) {
        Optional<Refusal> refusal =
                ParamRule.refusal(head.headers(), request.id(), target.route().paramHeaders(), body);
        return refusal.isPresent() ? new Reject(refusal.get()) : sent(client, target);
    }

    /** No message can go straight from one era to the other. */
    private RouteDecision sent(Era.Modern client, CallTarget.Found target) {
        ServerRoute server = target.route().server();
        return switch (server.eras().towards(client)) {
            case Era.Legacy _ ->
                new Bridge(server, BrokerEdits.ofBridged(head, method.wireName(), target, facts, publicHost));
            case Era.Modern _
            when !server.eras().modern().contains(client.protocolVersion()) ->
                new Reject(RevisionRefusals.ofRequest(
                        request.id(), Optional.of(client.protocolVersion()), served.without(client.protocolVersion())));
            case Era.Modern _ -> forwarded(client, target);
        };
    }

    private RouteDecision forwarded(Era.Modern client, CallTarget.Found target) {
        List<Splice> changes = new ArrayList<>(2);
        target.renaming().ifPresent(changes::add);
        Optional<TextSpan> sealed = request.params().requestState();
        Optional<String> features = features();
        // Most calls bring no state and get none, and the binding is a digest.
        Optional<StateBinding> binding =
                sealed.isPresent() || features.isPresent() ? binding(target) : Optional.empty();
        if (binding.isPresent() && sealed.isPresent()) {
            Optional<String> state =
                    facts.states().open(binding.get(), sealed.get().value());
            if (state.isEmpty()) {
                return new Reject(ModernRefusals.stateNotValid(request.id()));
            }
            changes.add(sealed.get().replacedBy(state.get()));
        }
        ServerRoute server = target.route().server();
        Optional<TaskSealing> tasks =
                ModernTasks.sealing(method, request.params().meta(), target, facts);
        Optional<String> asked = binding.flatMap(_ -> features);
        return new Forward(
                server,
                CallEdits.sessionless(head, method, target, ModernTasks.features(asked, tasks)),
                changes.isEmpty() ? Optional.empty() : Optional.of(Splice.all(changes, body)),
                new CallMetadata.Sessionless(
                        server.key(), client, Optional.of(request.id()), asked.flatMap(_ -> binding), tasks));
    }

    /**
     * For which calls the server's state is good; empty if it may pass as it is. A server that gets the caller's own
     * credential can tell callers apart itself. Callers without any are all the same one, to the server as to us.
     */
    private Optional<StateBinding> binding(CallTarget.Found target) {
        ServerRoute server = target.route().server();
        return server.authorization() instanceof CallAuthorization.Forward
                        || facts.caller().equals(CallerBinding.ANONYMOUS)
                ? Optional.empty()
                : Optional.of(StateBinding.of(server.key(), facts.caller(), method, target.ownName()));
    }

    /**
     * What the client can be asked for. Only such a client's answers are read for a state to seal, since reading costs a
     * second exchange; a state that the server gives another client is refused when it comes back.
     */
    private Optional<String> features() {
        return method == McpMethod.COMPLETE
                ? Optional.empty()
                : request.params()
                        .meta()
                        .clientCapabilities()
                        .map(ClientFeatures::of)
                        .filter(ClientFeatures::canBeAsked)
                        .map(ClientFeatures::names);
    }
}
