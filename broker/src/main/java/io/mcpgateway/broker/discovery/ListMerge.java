package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.catalog.ServerStatusText;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.discovery.DiscoveryState.Link;
import io.mcpgateway.broker.discovery.DiscoveryState.Offer;
import io.mcpgateway.broker.discovery.DiscoveryState.Pause;
import io.mcpgateway.broker.listing.CacheHint;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server offers after some of its lists were requested again. Pure. A list other than that of the tools that the
 * server refuses is kept twice and requested more and more slowly; the others are not affected.
 */
final class ListMerge {
    private ListMerge() {}

    static Offer merge(Offer before, Link.Up up, DiscoveryEvent.Listed event, DiscoveryStep.Moment moment) {
        Map<CapabilityKind, Listing> lists = new EnumMap<>(CapabilityKind.class);
        Map<CapabilityKind, Pause> pauses = new EnumMap<>(CapabilityKind.class);
        lists.putAll(before.listings().byKind());
        lists.keySet().retainAll(up.declared());
        lists.putAll(event.lists());
        pauses.putAll(before.pauses());
        Instant soonest = moment.now().plus(moment.timing().leastBetweenLists());
        Pause usual = new Pause(soonest, 0, "", Instant.MAX);
        Set<CapabilityKind> privateLists = new HashSet<>(before.privateLists());
        privateLists.retainAll(lists.keySet());
        event.lists().keySet().forEach(kind -> {
            CacheHint hint = event.hints().getOrDefault(kind, CacheHint.NONE);
            pauses.put(kind, new Pause(soonest, 0, "", outdated(hint, moment)));
            if (hint.ofOneCaller()) {
                privateLists.add(kind);
            } else {
                privateLists.remove(kind);
            }
        });
        event.refused().forEach((kind, failure) -> {
            if (kind == CapabilityKind.TOOL) {
                return;
            }
            if (isNotImplemented(failure)) {
                lists.remove(kind);
                pauses.put(kind, usual);
                return;
            }
            int misses = before.pause(kind).misses() + 1;
            if (misses >= DiscoveryStep.ATTEMPTS) {
                lists.remove(kind);
            }
            pauses.put(
                    kind,
                    new Pause(
                            moment.now().plus(moment.timing().backoff(misses, moment.chance())),
                            misses,
                            kind.listMethod() + " failed: " + failure.message(),
                            Instant.MAX));
        });
        Listings merged = new Listings(lists);
        return new Offer(
                before.knowledge(),
                merged.equals(before.listings()) ? before.listings() : merged,
                pauses,
                privateLists);
    }

    private static Instant outdated(CacheHint hint, DiscoveryStep.Moment moment) {
        return hint.ttl()
                .map(ttl -> moment.now().plus(moment.timing().freshFor(ttl, moment.chance())))
                .orElse(Instant.MAX);
    }

    /** Whether the same items can be served of both. */
    static boolean sameItems(Listings one, Listings other) {
        for (CapabilityKind kind : CapabilityKind.values()) {
            if (!one.of(kind).items().equals(other.of(kind).items())) {
                return false;
            }
        }
        return true;
    }

    /** The kinds whose lists the server refused the last time. */
    static Set<CapabilityKind> missed(Offer offer) {
        return offer.pauses().entrySet().stream()
                .filter(pause -> pause.getValue().misses() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What to report of a server that answers. */
    static String message(Offer offer, Link.Up up) {
        StringBuilder message = new StringBuilder(ServerStatusText.added(offer.listings()));
        if (!up.has(CapabilityKind.TOOL)) {
            message.append(": the server declares no tools capability");
        }
        if (!up.agreed().eras().speaksLegacy()) {
            message.append("; the server speaks only MCP ")
                    .append(String.join(", ", up.agreed().eras().modern()));
        }
        for (CapabilityKind kind : CapabilityKind.values()) {
            if (offer.pause(kind).misses() > 0) {
                message.append("; ").append(offer.pause(kind).cause());
            }
        }
        return message.toString();
    }

    /** Servers declare resources without knowing anything of templates. */
    private static boolean isNotImplemented(McpOutcome.Failure failure) {
        return failure instanceof McpOutcome.RpcError(int code, String _) && code == JsonRpcCodes.METHOD_NOT_FOUND;
    }
}
