package io.mcpgateway.broker.upstream;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.listing.Listings;

/** An action to start at once, without waiting for it. */
sealed interface UpstreamEffect {
    record Publish(ServerReport report) implements UpstreamEffect {}

    /** Listen for announced changes. */
    record StartWatch() implements UpstreamEffect {}

    /**
     * Forget the session.
     *
     * @param tellServer whether the server may still have it
     */
    record Disconnect(boolean tellServer) implements UpstreamEffect {}

    /** A server that was connected before had to be initialized again: it may have forgotten other sessions as well. */
    record TellRenewed() implements UpstreamEffect {}

    /** What the server offers changed. */
    record LogDiscovered(Listings listings) implements UpstreamEffect {}

    /** The server refused our credential. */
    record LogAuthFailure(String message) implements UpstreamEffect {}

    record LogFailure(String message) implements UpstreamEffect {}
}
