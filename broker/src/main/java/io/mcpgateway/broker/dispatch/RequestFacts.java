package io.mcpgateway.broker.dispatch;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.answer.EitherEdit;
import io.mcpgateway.broker.answer.StateSeal;
import io.mcpgateway.broker.answer.TaskIdSeal;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouterFacts;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.RouterTokenVerdict;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.SessionCheck;
import io.mcpgateway.broker.session.remembered.RememberedCallers;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.url.Chosen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out about one request what the router has to know. A header given twice proves nothing. */
record RequestFacts(
        SessionCheck sessions,
        RememberedCallers callers,
        RouterTokens routerTokens,
        TrustedHeaders trusted,
        RequestStates requestStates) {
    static RequestFacts by(SnapshotDispatcher.Parts parts) {
        return new RequestFacts(
                new SessionCheck(parts.sessionTokens(), parts.store()),
                new RememberedCallers(),
                parts.routerTokens(),
                parts.trusted(),
                parts.requestStates());
    }

    RouterFacts of(RequestHead head, RouteTable table, Instant now) {
        RequestHeaders headers = head.headers();
        Chosen url = table.urls().find(head.authority(), head.pathOnly()).chosen();
        CallerBinding caller = callers.of(headers.all(StandardHeaders.AUTHORIZATION));
        return new RouterFacts(
                caller,
                sessions.of(headers, url, caller, now),
                routerToken(headers, now),
                trusted.allowed(headers, now),
                table,
                (binding, state) -> requestStates.open(binding, state, now));
    }

    /** What to change of the messages in the answer to this call. */
    MessageEdit seal(CallMetadata.Sessionless call, Instant now) {
        Optional<MessageEdit> state =
                call.state().map(binding -> new StateSeal(requestStates, binding, now.plus(RequestStates.LIFE)));
        Optional<MessageEdit> task = call.tasks().map(sealing -> new TaskIdSeal(requestStates, sealing, call.server()));
        return Stream.of(state, task).flatMap(Optional::stream).reduce(MessageEdit.NONE, EitherEdit::new);
    }

    private RouterTokenVerdict routerToken(RequestHeaders headers, Instant now) {
        List<String> hosts = headers.all(GatewayHeaders.INIT_HOST);
        List<String> keys = headers.all(GatewayHeaders.ROUTER_KEY);
        if (hosts.isEmpty() && keys.isEmpty()) {
            return new RouterTokenVerdict.Absent();
        }
        Optional<String> host = onlyOne(hosts);
        Optional<String> key = onlyOne(keys);
        if (host.isEmpty() || key.isEmpty()) {
            return new RouterTokenVerdict.Invalid(hosts.size() + " headers " + GatewayHeaders.INIT_HOST + " and "
                    + keys.size() + " headers " + GatewayHeaders.ROUTER_KEY);
        }
        return routerTokens.verify(key.get(), host.get(), now);
    }

    private static Optional<String> onlyOne(List<String> values) {
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
