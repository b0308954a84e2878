package io.mcpgateway.broker.router;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.api.wire.WithheldHeaders;
import io.mcpgateway.broker.catalog.CallAuthorization;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is changed on a request to a server after everybody else on the way has seen it: policies between the router and
 * the server judge the caller by its own {@code Authorization}. The embedded gateway, where there are no policies,
 * applies these edits at once; Envoy's last filters do the same ({@code FilterChain.lastFilters}). Pure.
 */
public final class ServerBound {
    private ServerBound() {}

    public static HeaderEdits edits(CallAuthorization authorization) {
        Set<String> remove = new HashSet<>(WithheldHeaders.FROM_SERVERS);
        remove.add(GatewayHeaders.UPSTREAM_AUTHORIZATION);
        return switch (authorization) {
            case CallAuthorization.Forward() -> new HeaderEdits(Map.of(), remove);
            case CallAuthorization.None() -> {
                remove.add(StandardHeaders.AUTHORIZATION);
                yield new HeaderEdits(Map.of(), remove);
            }
            case CallAuthorization.Shared(var credential) ->
                new HeaderEdits(
                        Map.of(
                                StandardHeaders.AUTHORIZATION,
                                credential.headerValue().strip()),
                        remove);
        };
    }

    /** The headers of the server's answer that no client gets. */
    public static Set<String> withheld(CallAuthorization authorization) {
        Set<String> withheld = new HashSet<>(WithheldHeaders.FROM_CLIENTS);
        if (!(authorization instanceof CallAuthorization.Forward)) {
            withheld.addAll(WithheldHeaders.CHALLENGES);
        }
        return withheld;
    }
}
