package io.mcpgateway.api.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The document behind {@code GET /status}: what one broker runs now. The sums in the document are derived from
 * {@code servers} and therefore no components.
 *
 * @param revision grows with every change in one process; what {@code ?after=} compares with
 * @param configHash of the configuration that runs; empty before the first one
 * @param servers in the order of the configuration
 * @param virtualServers in the order of the configuration
 * @param timestamp when the report was made
 * @param gatewayProblem why the broker cannot use the gateway's own listener, so that calls fail; empty if none is known
 */
public record StatusReport(
        long revision,
        String configHash,
        List<ServerStatus> servers,
        List<VirtualServerStatus> virtualServers,
        Instant timestamp,
        Optional<String> gatewayProblem) {
    public StatusReport {
        Objects.requireNonNull(configHash, "configHash");
        servers = List.copyOf(servers);
        virtualServers = List.copyOf(virtualServers);
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(gatewayProblem, "gatewayProblem");
    }

    /** A report of a broker that knows of no problem with the gateway. */
    public StatusReport(
            long revision,
            String configHash,
            List<ServerStatus> servers,
            List<VirtualServerStatus> virtualServers,
            Instant timestamp) {
        this(revision, configHash, servers, virtualServers, timestamp, Optional.empty());
    }

    /** A report without virtual servers. */
    public StatusReport(long revision, String configHash, List<ServerStatus> servers, Instant timestamp) {
        this(revision, configHash, servers, List.of(), timestamp);
    }

    public Optional<VirtualServerStatus> virtualServer(String name) {
        return virtualServers.stream()
                .filter(virtualServer -> virtualServer.name().equals(name))
                .findFirst();
    }

    public Optional<ServerStatus> server(ServerName name) {
        return servers.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    public int totalServers() {
        return servers.size();
    }

    public int healthyServers() {
        return Math.toIntExact(servers.stream().filter(ServerStatus::ready).count());
    }

    /** Enabled servers that are not ready. */
    public int unhealthyServers() {
        return Math.toIntExact(servers.stream()
                .filter(server -> server.enabled() && !server.ready())
                .count());
    }

    /** How many names of tools were lost to another server, over all servers. */
    public int toolConflicts() {
        return Math.toIntExact(servers.stream()
                .flatMap(server -> server.conflicts().stream())
                .filter(conflict -> conflict.kind().equals(ServerStatus.NameConflict.TOOL))
                .count());
    }

    public boolean overallValid() {
        return unhealthyServers() == 0;
    }
}
