package io.mcpgateway.api.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The content of {@code GET /status}: what one broker runs now. The sums in the document are computed from
 * {@code servers}, so they are not components.
 *
 * @param revision increases with every change in one process; {@code ?after=} is compared with it
 * @param configHash of the configuration that runs; empty before the first one
 * @param servers in the order of the configuration
 * @param virtualServers in the order of the configuration
 * @param timestamp when the report was created
 * @param gatewayProblem why the broker cannot use the gateway's own listener, so that calls fail; empty if none is known
 * @param unmatched what of the configuration itself matches nothing, such as {@code pinned tool send_mial}
 */
public record StatusReport(
        long revision,
        String configHash,
        List<ServerStatus> servers,
        List<VirtualServerStatus> virtualServers,
        Instant timestamp,
        Optional<String> gatewayProblem,
        List<String> unmatched) {
    public StatusReport {
        Objects.requireNonNull(configHash, "configHash");
        servers = List.copyOf(servers);
        virtualServers = List.copyOf(virtualServers);
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(gatewayProblem, "gatewayProblem");
        unmatched = List.copyOf(unmatched);
    }

    /** A report without a known problem with the gateway. */
    public StatusReport(
            long revision,
            String configHash,
            List<ServerStatus> servers,
            List<VirtualServerStatus> virtualServers,
            Instant timestamp) {
        this(revision, configHash, servers, virtualServers, timestamp, Optional.empty(), List.of());
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

    /** The number of tool names of all servers that another server keeps. */
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
