package io.mcpgateway.broker.upstream;

import io.mcpgateway.broker.catalog.ServerTools;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.ServerCapabilities;

/** What a loop learns. */
sealed interface UpstreamEvent {
    record Connected(String protocolVersion, ServerCapabilities capabilities) implements UpstreamEvent {}

    /** Every page of the server's tools. */
    record Listed(ServerTools tools) implements UpstreamEvent {}

    /** A ping was answered. */
    record Answered() implements UpstreamEvent {}

    /**
     * An operation did not succeed.
     *
     * @param operation what was tried: {@code initialize}, {@code ping}, {@code tools/list}
     */
    record Failed(String operation, McpOutcome.Failure failure) implements UpstreamEvent {}

    /** The server announced that its list changed. */
    record ToolsChanged() implements UpstreamEvent {}

    /** The stream on which changes are announced is open. */
    record WatchOpened() implements UpstreamEvent {}

    /** It is not open any more, or not offered. */
    record WatchEnded() implements UpstreamEvent {}

    /** The time that was to be waited is over. */
    record Elapsed() implements UpstreamEvent {}
}
