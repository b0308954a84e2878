package io.mcpgateway.broker.discovery;

import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.listing.Listings;

/** What is to be done at once, without waiting for it. */
sealed interface DiscoveryEffect {
    record Publish(ServerReport report) implements DiscoveryEffect {}

    /** Listen for announced changes. */
    record StartWatch() implements DiscoveryEffect {}

    /**
     * Forget the session.
     *
     * @param tellServer whether the server may still have it
     */
    record Disconnect(boolean tellServer) implements DiscoveryEffect {}

    /** A server that was connected before had to be initialized again: it may have forgotten other sessions as well. */
    record TellRenewed() implements DiscoveryEffect {}

    /**
     * What the server offers changed.
     *
     * @param protocolVersion the revision that discovery speaks with it
     */
    record LogDiscovered(Listings listings, String protocolVersion) implements DiscoveryEffect {}

    /** The server refused our credential. */
    record LogAuthFailure(String message) implements DiscoveryEffect {}

    record LogFailure(String message) implements DiscoveryEffect {}
}
