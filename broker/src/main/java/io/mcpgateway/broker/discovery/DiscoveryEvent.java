package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.client.McpOutcome;
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
     */
    record Listed(Map<CapabilityKind, Listing> lists, Map<CapabilityKind, McpOutcome.Failure> refused)
            implements DiscoveryEvent {
        public Listed {
            lists = Map.copyOf(lists);
            refused = Map.copyOf(refused);
        }
    }

    /** A ping was answered. */
    record Answered() implements DiscoveryEvent {}

    /**
     * An operation did not succeed.
     *
     * @param operation what was tried: {@code initialize}, {@code ping}, {@code tools/list}
     */
    record Failed(String operation, McpOutcome.Failure failure) implements DiscoveryEvent {}

    /** The server announced that these lists changed. */
    record Changed(Set<CapabilityKind> kinds) implements DiscoveryEvent {
        public Changed {
            kinds = Set.copyOf(kinds);
        }
    }

    /** The stream on which changes are announced is open. */
    record WatchOpened() implements DiscoveryEvent {}

    /** It is not open any more, or not offered. */
    record WatchEnded() implements DiscoveryEvent {}

    /** The time that was to be waited is over. */
    record Elapsed() implements DiscoveryEvent {}
}
