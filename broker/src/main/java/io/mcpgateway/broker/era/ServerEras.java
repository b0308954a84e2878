package io.mcpgateway.broker.era;

import io.mcpgateway.broker.mcp.ProtocolVersions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server was seen to speak. A server that has not answered yet speaks nothing.
 *
 * @param legacy what initialize agreed on; empty if the server does not take initialize
 * @param modern the modern revisions that the server and the gateway both speak, newest first
 * @param tasks whether it may answer calls of modern clients with tasks (SEP-2663)
 */
public record ServerEras(Optional<LegacyLeg> legacy, List<String> modern, boolean tasks) {
    /** Of a server that has not answered yet. */
    public static final ServerEras NONE = new ServerEras(Optional.empty(), List.of());

    /**
     * How a server speaks a legacy revision.
     *
     * @param sessions whether it gave a session ID. Servers that speak both eras often keep no session here, so they
     *     cannot ask the client for anything
     */
    public record LegacyLeg(String protocolVersion, boolean sessions) {
        public LegacyLeg {
            Objects.requireNonNull(protocolVersion, "protocolVersion");
        }
    }

    public ServerEras {
        Objects.requireNonNull(legacy, "legacy");
        modern = List.copyOf(modern);
        if (!modern.stream().allMatch(ProtocolVersions::modern)) {
            throw new IllegalArgumentException("not modern revisions that the gateway speaks: " + modern);
        }
    }

    /** Of a server that makes no tasks. */
    public ServerEras(Optional<LegacyLeg> legacy, List<String> modern) {
        this(legacy, modern, false);
    }

    /** Of a server that only takes initialize. */
    public static ServerEras legacy(String protocolVersion, boolean sessions) {
        return new ServerEras(Optional.of(new LegacyLeg(protocolVersion, sessions)), List.of());
    }

    /** Of a server that does not take initialize. */
    public static ServerEras modern(String protocolVersion) {
        return new ServerEras(Optional.empty(), List.of(protocolVersion));
    }

    /** Every revision, oldest first. */
    public List<String> versions() {
        return Stream.concat(legacy.map(LegacyLeg::protocolVersion).stream(), modern.reversed().stream())
                .toList();
    }

    public boolean speaksLegacy() {
        return legacy.isPresent();
    }

    public boolean speaksModern() {
        return !modern.isEmpty();
    }

    /**
     * How requests of a client that speaks {@code client} are sent on. The client's own era comes first, because nothing
     * has to be translated then. One case is different: a server whose legacy leg keeps no session can only ask legacy
     * clients for something if the gateway speaks a modern revision to it.
     *
     * @return legacy for a server of which nothing is known yet
     */
    public Era towards(Era client) {
        boolean modernFirst = switch (client) {
            case Era.Modern _ -> true;
            case Era.Legacy _ -> legacy.filter(LegacyLeg::sessions).isEmpty();
        };
        return speaksModern() && (modernFirst || legacy.isEmpty())
                ? new Era.Modern(modern.getFirst())
                : new Era.Legacy(legacy.map(LegacyLeg::protocolVersion).orElse(ProtocolVersions.LATEST));
    }
}
