package io.mcpgateway.broker.upstream;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Map;
import java.util.Set;

/** What a loop is notified of. */
sealed interface UpstreamEvent {
    record Connected(ServerReport.Agreed agreed) implements UpstreamEvent {}

    /**
     * Every page of the requested lists.
     *
     * @param refused lists that the server did not return, although it answers
     */
    record Listed(Map<CapabilityKind, Listing> lists, Map<CapabilityKind, McpOutcome.Failure> refused)
            implements UpstreamEvent {
        public Listed {
            lists = Map.copyOf(lists);
            refused = Map.copyOf(refused);
        }
    }

    /** A ping was answered. */
    record Answered() implements UpstreamEvent {}

    /**
     * An operation did not succeed.
     *
     * @param operation what was tried: {@code initialize}, {@code ping}, {@code tools/list}
     */
    record Failed(String operation, McpOutcome.Failure failure) implements UpstreamEvent {}

    /** The server announced that these lists changed. */
    record Changed(Set<CapabilityKind> kinds) implements UpstreamEvent {
        public Changed {
            kinds = Set.copyOf(kinds);
        }
    }

    /** The stream on which changes are announced is open. */
    record WatchOpened() implements UpstreamEvent {}

    /** It is not open any more, or not offered. */
    record WatchEnded() implements UpstreamEvent {}

    /** The time that was to be waited is over. */
    record Elapsed() implements UpstreamEvent {}
}
