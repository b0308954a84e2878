package io.mcpgateway.broker.translation;

import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Notifications of modern servers, for legacy clients. */
public final class ServerNotice {
    private static final Set<String> LIST_CHANGES = Arrays.stream(CapabilityKind.values())
            .map(kind -> kind.changedMethod().wireName())
            .collect(Collectors.toUnmodifiableSet());

    private ServerNotice() {}

    /**
     * A message in front of the reply, as it goes on: without what ties it to a subscription of the gateway. Empty for
     * what has no place there: changes of lists, which the client hears of from the gateway, and requests, which modern
     * servers must not send (MCP 2026-07-28, Streamable HTTP, "Receiving Messages").
     */
    public static Optional<RawJson> forClient(RawJson message) {
        Optional<ObjectSpans> members = ObjectSpans.of(message);
        Optional<String> method =
                members.flatMap(object -> object.find("method")).flatMap(found -> Scalars.text(found.in(message)));
        boolean request = members.flatMap(object -> object.find("id")).isPresent();
        if (method.isEmpty() || request || members.get().repeats() || LIST_CHANGES.contains(method.get())) {
            return Optional.empty();
        }
        List<Splice> edits = members.flatMap(object -> object.find("params"))
                .flatMap(params -> ObjectSpans.of(message, params))
                .flatMap(params -> params.find(McpMeta.MEMBER))
                .flatMap(meta -> ObjectSpans.of(message, meta))
                .map(meta -> meta.edit(McpMeta.SUBSCRIPTION_ID::equals, List.of()))
                .orElse(List.of());
        return Optional.of(edits.isEmpty() ? message : Splice.all(edits, message));
    }
}
