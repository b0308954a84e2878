package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Conflict;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerStatusText;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.pinning.PinnedServer;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.SeenEra;
import io.mcpgateway.broker.telemetry.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one loop running per enabled server of the current configuration. */
public final class DiscoverySupervisor implements SnapshotCell.Listener {
    private static final Logger log = LoggerFactory.getLogger(DiscoverySupervisor.class);

    private final SnapshotCell cell;
    private final DiscoveryContext context;
    private final Map<ServerName, Running> running = new HashMap<>();
    private boolean stopped;

    private record Running(McpServer server, DiscoveryLoop loop, Thread thread) {}

    public DiscoverySupervisor(SnapshotCell cell, DiscoveryContext context) {
        this.cell = cell;
        this.context = context;
    }

    /** Starts loops for the current configuration and follows it from now on. */
    public void start() {
        cell.addListener(this);
        reconcile(cell.get());
    }

    @Override
    public void changed(GatewaySnapshot before, GatewaySnapshot after) {
        if (!before.config().equals(after.config())) {
            reconcile(after);
            context.metrics().keepServers(enabled(after));
        }
        after.config().servers().forEach(server -> tellConflicts(server.name(), before, after));
        after.pinned()
                .forEach((server, now) -> tellUnapproved(server, before.pinned().get(server), now));
        for (ServerReport report : after.reports().values()) {
            context.metrics()
                    .served(
                            report.server().value(),
                            serving(
                                    report,
                                    after.catalog().conflictsOf(report.server()),
                                    Optional.ofNullable(after.pinned().get(report.server()))
                                            .flatMap(PinnedServer::status)));
        }
    }

    private static Serving serving(ServerReport report, List<Conflict> conflicts, Optional<PinningStatus> pinning) {
        ServerStatusText text = ServerStatusText.of(report, conflicts);
        int invalid = report.listings().byKind().values().stream()
                .mapToInt(listing -> listing.invalid().size())
                .sum();
        ServerEras eras = report.eras();
        return new Serving(
                text.served(CapabilityKind.TOOL),
                text.ready(),
                conflicts.size(),
                invalid,
                pinning.map(PinningStatus::totalUnapproved).orElse(0),
                pinning.map(PinningStatus::withheld).orElse(0),
                report.refusedSince().isPresent(),
                SeenEra.of(eras.legacy().isPresent(), !eras.modern().isEmpty()));
    }

    private static Set<String> enabled(GatewaySnapshot snapshot) {
        return snapshot.config().servers().stream()
                .filter(McpServer::enabled)
                .map(server -> server.name().value())
                .collect(Collectors.toSet());
    }

    private static void tellConflicts(ServerName server, GatewaySnapshot before, GatewaySnapshot after) {
        List<Conflict> conflicts = after.catalog().conflictsOf(server);
        if (!conflicts.isEmpty() && !conflicts.equals(before.catalog().conflictsOf(server))) {
            log.warn("Conflicting names server={} {}", server, ServerStatusText.keptByOthers(conflicts));
        }
    }

    /** Once for each change; the digest is what has to be approved. */
    private static void tellUnapproved(ServerName server, @Nullable PinnedServer before, PinnedServer after) {
        if (after.status().isEmpty() || (before != null && before.unapproved().equals(after.unapproved()))) {
            return;
        }
        PinningStatus status = after.status().get();
        if (status.totalUnapproved() == 0) {
            log.info("Every tool is approved server={} digest={}", server, status.list());
        } else {
            log.warn(
                    "Tools not approved server={} toolPinning={} digest={} tools={}",
                    server,
                    status.mode().word(),
                    status.list(),
                    after.unapproved());
        }
    }

    /** A server's answer to somebody else shows that what was agreed with it may not hold any more. */
    public void doubt(ServerName server) {
        synchronized (running) {
            Running known = running.get(server);
            if (known != null) {
                known.loop().doubt();
            }
        }
    }

    /** Ends every loop and the sessions it holds; returns when all ended or the time is up. */
    public void stop(Duration longest) throws InterruptedException {
        List<Running> ending;
        synchronized (running) {
            stopped = true;
            ending = new ArrayList<>(running.values());
            running.clear();
        }
        ending.forEach(DiscoverySupervisor::end);
        Instant deadline = context.clock().instant().plus(longest);
        for (Running loop : ending) {
            Duration left = Duration.between(context.clock().instant(), deadline);
            if (!left.isPositive() || !loop.thread().join(left)) {
                log.warn(
                        "Discovery did not end in time server={}", loop.server().name());
            }
        }
    }

    private void reconcile(GatewaySnapshot snapshot) {
        synchronized (running) {
            if (stopped) {
                return;
            }
            Map<ServerName, McpServer> wanted = new HashMap<>();
            for (McpServer server : snapshot.config().servers()) {
                if (server.enabled()) {
                    wanted.put(server.name(), server.trusting(snapshot.config().caCertificates()));
                }
            }
            running.entrySet().removeIf(entry -> {
                boolean gone = !wanted.containsKey(entry.getKey());
                if (gone) {
                    end(entry.getValue());
                }
                return gone;
            });
            wanted.values().forEach(server -> follow(server, snapshot));
        }
    }

    private void follow(McpServer server, GatewaySnapshot snapshot) {
        Running known = running.get(server.name());
        if (known == null) {
            running.put(
                    server.name(),
                    begin(
                            server,
                            DiscoveryState.fresh(server.name(), context.clock().instant())));
        } else if (sameConnection(known.server(), server)) {
            known.loop().describe(server);
            running.put(server.name(), new Running(server, known.loop(), known.thread()));
        } else {
            end(known);
            PinnedServer discovered = snapshot.pinned().get(server.name());
            ServerReport report = discovered == null ? ServerReport.connecting(server.name()) : discovered.discovered();
            running.put(
                    server.name(),
                    begin(
                            server,
                            DiscoveryState.inheriting(report, context.clock().instant())));
        }
    }

    private Running begin(McpServer server, DiscoveryState initial) {
        DiscoveryLoop loop = new DiscoveryLoop(server, initial, context);
        return new Running(
                server,
                loop,
                Thread.ofVirtual().name("discovery-" + server.name()).start(loop));
    }

    private static void end(Running loop) {
        loop.loop().retire();
        loop.thread().interrupt();
    }

    private static boolean sameConnection(McpServer before, McpServer after) {
        return before.url().equals(after.url())
                && before.credential().equals(after.credential())
                && before.caCertificates().equals(after.caCertificates());
    }
}
