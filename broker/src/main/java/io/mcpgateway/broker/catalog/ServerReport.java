package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What discovery knows of one server now. {@code listings} holds what is to be served: a server that missed one or two
 * pings is still {@link Phase#READY} with all of it; after the third it is {@link Phase#FAILED} without any.
 *
 * @param message for {@code /status}: what happened, in one sentence, no secrets
 * @param session what was agreed with the server last; empty before the first session
 * @param lastValidated when the server had last passed a check when this was told
 * @param failure {@code message} as a code, if it tells of a failure
 * @param kept whether the listings are from before a failure that still continues
 * @param refusedSince since when the server refuses the gateway's credential, if it does
 * @param privateLists the lists that hold what the server shows with the gateway's credential, and perhaps something else
 *     with another one
 */
public record ServerReport(
        ServerName server,
        Phase phase,
        String message,
        Optional<Agreed> session,
        Listings listings,
        Optional<Instant> lastValidated,
        Optional<ReasonCode> failure,
        boolean kept,
        Optional<Instant> refusedSince,
        Set<CapabilityKind> privateLists) {
    /** Where a server stands. */
    public enum Phase {
        CONNECTING,
        READY,
        FAILED
    }

    /**
     * What the server said about itself.
     *
     * @param protocolVersion the revision that discovery speaks with it
     * @param eras everything that it was seen to speak
     */
    public record Agreed(
            String protocolVersion, ServerEras eras, ServerCapabilities capabilities, Instructions instructions) {
        public Agreed {
            Objects.requireNonNull(protocolVersion, "protocolVersion");
            Objects.requireNonNull(eras, "eras");
            Objects.requireNonNull(capabilities, "capabilities");
            Objects.requireNonNull(instructions, "instructions");
        }

        /** Of a server that was initialized and keeps sessions. */
        public Agreed(String protocolVersion, ServerCapabilities capabilities, Instructions instructions) {
            this(protocolVersion, ServerEras.legacy(protocolVersion, true), capabilities, instructions);
        }
    }

    public ServerReport {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(listings, "listings");
        Objects.requireNonNull(lastValidated, "lastValidated");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(refusedSince, "refusedSince");
        privateLists = Set.copyOf(privateLists);
    }

    /** Of a server that does not fail. */
    public ServerReport(
            ServerName server,
            Phase phase,
            String message,
            Optional<Agreed> session,
            Listings listings,
            Optional<Instant> lastValidated) {
        this(
                server,
                phase,
                message,
                session,
                listings,
                lastValidated,
                Optional.empty(),
                false,
                Optional.empty(),
                Set.of());
    }

    /** The state before the first answer. */
    public static ServerReport connecting(ServerName server) {
        return new ServerReport(
                server, Phase.CONNECTING, "connecting", Optional.empty(), Listings.NONE, Optional.empty());
    }

    /** The same server with less of what it lists. */
    public ServerReport serving(Listings some, String told) {
        return new ServerReport(
                server, phase, told, session, some, lastValidated, failure, kept, refusedSince, privateLists);
    }

    public Listing listing(CapabilityKind kind) {
        return listings.of(kind);
    }

    public Optional<String> protocolVersion() {
        return session.map(Agreed::protocolVersion);
    }

    public ServerEras eras() {
        return session.map(Agreed::eras).orElse(ServerEras.NONE);
    }

    public Instructions instructions() {
        return session.map(Agreed::instructions).orElse(Instructions.NONE);
    }

    public ServerCapabilities capabilities() {
        return session.map(Agreed::capabilities).orElse(ServerCapabilities.NONE);
    }
}
