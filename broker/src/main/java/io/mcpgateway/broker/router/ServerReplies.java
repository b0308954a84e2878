package io.mcpgateway.broker.router;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Reply;
import io.mcpgateway.broker.mcp.MessageSpans;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.refusal.RevisionRule;
import io.mcpgateway.broker.refusal.SessionRefusals;
import io.mcpgateway.broker.refusal.SingleHeaders;
import io.mcpgateway.broker.router.RouteDecision.AnswerServerRequest;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import io.mcpgateway.broker.router.RouteDecision.ToBroker;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionVerdict;
import java.util.Objects;
import java.util.Optional;

/**
 * A client's replies to requests of servers: back to the server that sent the request, with its own ID; those to
 * questions of the broker, which it asked in a server's place, to the broker.
 *
 * @param ids under which the requests went to clients
 */
record ServerReplies(ServerRequestIds ids, String publicHost) {
    ServerReplies {
        Objects.requireNonNull(ids, "ids");
        Objects.requireNonNull(publicHost, "publicHost");
    }

    RouteDecision decide(RequestHead head, Reply reply, RawJson body, RouterFacts facts) {
        Optional<Refusal> refusal = SingleHeaders.refusal(head.headers(), JsonRpcId.NONE)
                .or(() -> RevisionRule.refusal(
                        head.headers(), facts.session(), facts.table().revisions()))
                .or(() -> SessionRefusals.of(JsonRpcId.NONE, facts.session()));
        if (refusal.isPresent() || !(facts.session() instanceof SessionVerdict.Valid(GatewaySession session))) {
            return new Reject(refusal.orElseGet(Refusals::strayReply));
        }
        String token = head.headers().first(McpHeaders.SESSION_ID).orElse("");
        Optional<ServerRequestIds.Asked> asked = ids.open(reply.id(), session.id());
        if (asked.isEmpty()) {
            return new Reject(Refusals.strayReply());
        }
        if (asked.get().byBroker()) {
            return new ToBroker(BrokerEdits.ofMessage(head, "", facts, publicHost));
        }
        Optional<ServerRoute> server = facts.table().servers().values().stream()
                .filter(route -> route.key().equals(asked.get().server()))
                .findFirst();
        return server.isEmpty()
                ? new Reject(Refusals.askerGone())
                : new AnswerServerRequest(head, session, token, server.get(), asked.get(), body);
    }

    /** @param serverSession the session that is known at the server now */
    RouteDecision.Complete complete(AnswerServerRequest answer, Optional<ServerSession> serverSession) {
        if (serverSession.isEmpty() || !ids.madeIn(answer.asked(), serverSession.get())) {
            return new Reject(Refusals.askerGone());
        }
        Optional<MessageSpans.Span> id = MessageSpans.read(answer.body()).id();
        if (id.isEmpty()) {
            return new Reject(Refusals.strayReply());
        }
        RawJson body = id.get().replacedBy(answer.asked().original().json()).applyTo(answer.body());
        return new Forward(
                answer.server(),
                CallEdits.ofReply(answer, serverSession.get()),
                Optional.of(body),
                new CallMetadata.InSession(
                        answer.clientToken(),
                        answer.session().id(),
                        answer.server().key(),
                        serverSession.get()));
    }
}
