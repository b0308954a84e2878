package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.CacheHint;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads every page of a server's lists, within bounds: a part of a list is never taken for the whole. */
final class CapabilityLister {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** How much one server may list of one kind. */
    record Bounds(int pages, int items, long bytes) {
        static final Bounds DEFAULT = new Bounds(1000, 10_000, 64L * 1024 * 1024);
    }

    private sealed interface Outcome {
        record Whole(Listing listing, CacheHint hint) implements Outcome {}

        record Refused(McpOutcome.Failure failure) implements Outcome {}
    }

    private final ServerLink link;
    private final InstantSource clock;
    private final Bounds bounds;

    CapabilityLister(ServerLink link, InstantSource clock, Bounds bounds) {
        this.link = link;
        this.clock = clock;
        this.bounds = bounds;
    }

    /** Lists these kinds, each on its own: what goes wrong with one does not keep the others from being listed. */
    DiscoveryEvent list(Set<CapabilityKind> kinds) throws InterruptedException {
        Map<CapabilityKind, Listing> lists = new EnumMap<>(CapabilityKind.class);
        Map<CapabilityKind, McpOutcome.Failure> refused = new EnumMap<>(CapabilityKind.class);
        Map<CapabilityKind, CacheHint> hints = new EnumMap<>(CapabilityKind.class);
        for (CapabilityKind kind : CapabilityKind.values()) {
            if (!kinds.contains(kind)) {
                continue;
            }
            switch (list(kind)) {
                case Outcome.Whole(Listing listing, CacheHint hint) -> {
                    lists.put(kind, listing);
                    hints.put(kind, hint);
                }
                case Outcome.Refused(McpOutcome.Failure failure) -> {
                    if (isOutdated(failure)) {
                        return new DiscoveryEvent.Outdated(kind.listMethod().wireName(), failure);
                    }
                    if (endsSession(kind, failure)) {
                        return new DiscoveryEvent.Failed(kind.listMethod().wireName(), failure);
                    }
                    refused.put(kind, failure);
                }
            }
        }
        return new DiscoveryEvent.Listed(lists, refused, hints);
    }

    /** Whether the server does not speak any more what it spoke. */
    private static boolean isOutdated(McpOutcome.Failure failure) {
        return failure instanceof McpOutcome.RpcError(int code, String _) && code == JsonRpcCodes.UNSUPPORTED_REVISION;
    }

    /** Whether a failure says something about the server as a whole. */
    private static boolean endsSession(CapabilityKind kind, McpOutcome.Failure failure) {
        return switch (failure) {
            case McpOutcome.RpcError _, McpOutcome.ProtocolViolation _ -> false;
            case McpOutcome.SessionLost _, McpOutcome.Unreachable _ -> true;
            case McpOutcome.HttpFailure http -> kind == CapabilityKind.TOOL || http.refusedCredential();
            case McpOutcome.Timeout _ -> kind == CapabilityKind.TOOL;
        };
    }

    private Outcome list(CapabilityKind kind) throws InterruptedException {
        Instant end = clock.instant().plus(LONGEST);
        List<ListPage.Items> pages = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        long bytes = 0;
        int items = 0;
        McpOutcome outcome = link.list(kind, Optional.empty());
        while (true) {
            if (outcome instanceof McpOutcome.Failure failure) {
                return new Outcome.Refused(failure);
            }
            RawJson result = ((McpOutcome.Answer) outcome).result();
            switch (link.page(kind, result)) {
                case ListPage.Unreadable(String reason) -> {
                    return violation(reason);
                }
                case ListPage.Items page -> pages.add(page);
            }
            ListPage.Items page = pages.getLast();
            bytes += result.length();
            items += page.items().size() + page.invalid().size();
            if (items > bounds.items() || bytes > bounds.bytes()) {
                return violation("the server lists more than " + bounds.items() + " " + kind.plural() + " or "
                        + bounds.bytes() + " bytes");
            }
            if (page.nextCursor().isEmpty()) {
                return new Outcome.Whole(Listing.join(kind, pages), CacheHint.join(pages));
            }
            String cursor = page.nextCursor().get();
            if (!cursors.add(cursor)) {
                return violation("cursor loop: the server repeats a nextCursor, so its list never ends");
            }
            if (pages.size() >= bounds.pages() || clock.instant().isAfter(end)) {
                return violation("the list has more than " + bounds.pages() + " pages or takes longer than "
                        + LONGEST.toSeconds() + " s");
            }
            outcome = link.list(kind, Optional.of(cursor));
        }
    }

    private static Outcome violation(String message) {
        return new Outcome.Refused(new McpOutcome.ProtocolViolation(message));
    }
}
