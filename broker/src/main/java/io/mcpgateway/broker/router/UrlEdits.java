package io.mcpgateway.broker.router;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.UrlRefusals;
import io.mcpgateway.broker.router.RouteDecision.Bridge;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.ToBroker;
import io.mcpgateway.broker.url.Chosen;
import io.mcpgateway.broker.url.GatewayUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a request's URL changes of its head. On the way to the broker, host and path become those that the choice has on
 * the public host: policies and the broker judge the same path that the router judged, whatever the client wrote.
 */
final class UrlEdits {
    private static final String FORWARDED_HOST = "x-forwarded-host";

    private UrlEdits() {}

    static GatewayUrl find(RequestHead head, RouterFacts facts) {
        return facts.table().urls().find(head.authority(), head.pathOnly());
    }

    /** What a request sees that belongs to no session. */
    static CapabilityView view(RequestHead head, RouterFacts facts) {
        return CapabilityView.resolve(
                ViewRequest.ofNewSession(find(head, facts).chosen(), head.headers(), facts.authorization()),
                facts.table());
    }

    /** A preflight request is for the broker, or the page could not read which URL is wrong. */
    static Optional<Refusal> nowhere(RequestHead head, GatewayUrl url, OriginRule origins, Supplier<JsonRpcId> id) {
        return url instanceof GatewayUrl.Unknown(String problem)
                        && !head.method().equals("OPTIONS")
                ? origins.refusal(head.headers()).or(() -> Optional.of(UrlRefusals.unknown(id.get(), problem)))
                : Optional.empty();
    }

    /** The decision on a message; what a call in a session tells of its URL is in {@link CallHeaders} already. */
    static RouteDecision applied(RouteDecision decision, RequestHead head, GatewayUrl url) {
        if (url.chosen().isNothing()) {
            return decision;
        }
        return switch (decision) {
            case ToBroker(HeaderEdits edits) -> new ToBroker(edits.then(toBroker(head, url.chosen())));
            case Bridge(var server, HeaderEdits edits) -> new Bridge(server, edits.then(toBroker(head, url.chosen())));
            case Forward(var server, HeaderEdits edits, var body, var metadata) ->
                new Forward(server, edits.then(new HeaderEdits(told(url.chosen()), Set.of())), body, metadata);
            case RouteDecision.Complete complete -> complete;
            case RouteDecision.Pending pending -> pending;
        };
    }

    /** Of a request that is not a message. For metadata of a host of its own the broker needs to know the host. */
    static HeaderEdits toBroker(RequestHead head, GatewayUrl url, RouterFacts facts) {
        if (url instanceof GatewayUrl.Elsewhere && facts.table().urls().isOwnHost(head.authority())) {
            return new HeaderEdits(Map.of(FORWARDED_HOST, head.authority()), Set.of());
        }
        return toBroker(head, url.chosen());
    }

    private static HeaderEdits toBroker(RequestHead head, Chosen chosen) {
        if (chosen.isNothing()) {
            return HeaderEdits.NONE;
        }
        Map<String, String> set = new LinkedHashMap<>(told(chosen));
        if (!head.pathOnly().equals(chosen.path())) {
            set.put(
                    ":path",
                    chosen.path() + head.path().substring(head.pathOnly().length()));
        }
        return new HeaderEdits(set, Set.of());
    }

    /** What policies and servers are told. */
    static Map<String, String> told(Chosen chosen) {
        return chosen.isNothing() ? Map.of() : Map.of(GatewayHeaders.PATH, chosen.path());
    }
}
