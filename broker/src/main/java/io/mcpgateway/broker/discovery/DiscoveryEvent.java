package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.listing.CacheHint;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Map;
import java.util.Set;

/** What a loop learns. */
sealed interface DiscoveryEvent {
    record Connected(ServerReport.Agreed agreed) implements DiscoveryEvent {}

    /**
     * Every page of the requested lists.
     *
     * @param refused lists that the server did not return, although it answers
     * @param hints of {@code lists}, from servers that say how long a list may be taken for true
     */
    record Listed(
            Map<CapabilityKind, Listing> lists,
            Map<CapabilityKind, McpOutcome.Failure> refused,
            Map<CapabilityKind, CacheHint> hints)
            implements DiscoveryEvent {
        public Listed {
            lists = Map.copyOf(lists);
            refused = Map.copyOf(refused);
            hints = Map.copyOf(hints);
        }

        /** Of a server that says nothing about keeping lists. */
        Listed(Map<CapabilityKind, Listing> lists, Map<CapabilityKind, McpOutcome.Failure> refused) {
            this(lists, refused, Map.of());
        }
    }

    /** The server was asked whether it is there, and it is. */
    record Answered() implements DiscoveryEvent {}

    /** The server was asked what it speaks and declares today, and it is the same as before. */
    record Relearned() implements DiscoveryEvent {}

    /**
     * What was agreed with the server does not hold any more.
     *
     * @param operation what showed it
     */
    record Outdated(String operation, McpOutcome.Failure failure) implements DiscoveryEvent {}

    /**
     * An operation did not succeed.
     *
     * @param operation what was tried: {@code initialize}, {@code server/discover}, {@code ping}, {@code tools/list}
     */
    record Failed(String operation, McpOutcome.Failure failure) implements DiscoveryEvent {}

    /** The server announced that these lists changed. */
    record Changed(Set<CapabilityKind> kinds) implements DiscoveryEvent {
        public Changed {
            kinds = Set.copyOf(kinds);
        }
    }

    /**
     * The stream on which changes are announced is open.
     *
     * @param kinds the lists that are announced on it, if the server announces them at all
     */
    record WatchOpened(Set<CapabilityKind> kinds) implements DiscoveryEvent {
        public WatchOpened {
            kinds = Set.copyOf(kinds);
        }

        /** For every list. */
        WatchOpened() {
            this(Set.of(CapabilityKind.values()));
        }
    }

    /** It is not open any more, or not offered. */
    record WatchEnded() implements DiscoveryEvent {}

    /** A call showed that the server may speak something else by now. */
    record Doubted() implements DiscoveryEvent {}

    /** The time that was to be waited is over. */
    record Elapsed() implements DiscoveryEvent {}
}
