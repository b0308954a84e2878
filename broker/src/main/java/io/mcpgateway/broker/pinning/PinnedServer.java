package io.mcpgateway.broker.pinning;

import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolFinding;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerStatusText;
import io.mcpgateway.broker.listing.Definition;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What discovery found on a server, and what may be served of it. Everything that clients see is made of {@code served}.
 *
 * @param examined the discovered tools; empty while they are not pinned
 * @param seen approved definitions that this process has seen, by which a change is explained; decides nothing
 * @param status empty while they are not pinned, or not known
 */
public record PinnedServer(
        ServerReport discovered,
        ToolPinning pinning,
        List<ExaminedTool> examined,
        List<ToolDigest> seen,
        ServerReport served,
        Optional<PinningStatus> status) {
    private static final int MOST_NAMED = 5;

    public PinnedServer {
        Objects.requireNonNull(discovered, "discovered");
        Objects.requireNonNull(pinning, "pinning");
        examined = List.copyOf(examined);
        seen = List.copyOf(seen);
        Objects.requireNonNull(served, "served");
        Objects.requireNonNull(status, "status");
    }

    public static PinnedServer of(ServerReport discovered, ToolPinning pinning) {
        return of(discovered, pinning, List.of(), List.of());
    }

    private static PinnedServer of(
            ServerReport discovered, ToolPinning pinning, List<ExaminedTool> known, List<ToolDigest> seen) {
        if (pinning.isOff() || !knowsTools(discovered)) {
            return new PinnedServer(discovered, pinning, List.of(), seen, discovered, Optional.empty());
        }
        Listing tools = discovered.listing(CapabilityKind.TOOL);
        List<ExaminedTool> examined = known.isEmpty() ? ExaminedTool.of(tools) : known;
        PinnedTools pinned = PinnedTools.of(tools, examined, pinning, seen);
        Listings listings = discovered.listings();
        // The very same, if nothing is withheld: then it need not be merged again.
        Listings served =
                pinned.served().equals(tools) ? listings : listings.with(CapabilityKind.TOOL, pinned.served());
        return new PinnedServer(
                discovered,
                pinning,
                examined,
                joined(seen, pinned.approved()),
                discovered.serving(served, message(discovered, served, pinned.status())),
                Optional.of(pinned.status()));
    }

    /** Otherwise a server that is away for the moment would be one that lists nothing. */
    private static boolean knowsTools(ServerReport report) {
        return report.phase() == ServerReport.Phase.READY
                || report.listings().byKind().containsKey(CapabilityKind.TOOL);
    }

    /** The same server after a change of one or the other; definitions that are the same are not examined again. */
    public PinnedServer next(ServerReport report, ToolPinning approved) {
        if (report.equals(discovered) && approved.equals(pinning)) {
            return this;
        }
        boolean same = report.listing(CapabilityKind.TOOL)
                .items()
                .equals(discovered.listing(CapabilityKind.TOOL).items());
        return of(report, approved, same ? examined : List.of(), seen);
    }

    /** The newer ones by name; those that are not listed any more go first if there are too many. */
    private static List<ToolDigest> joined(List<ToolDigest> older, List<ToolDigest> newer) {
        Map<String, ToolDigest> byName = new LinkedHashMap<>();
        newer.forEach(tool -> byName.put(tool.name(), tool));
        older.forEach(tool -> byName.putIfAbsent(tool.name(), tool));
        return byName.values().stream().limit(ToolPinning.MOST_REMEMBERED).toList();
    }

    /** Whether tools are neither listed nor callable because nobody has approved them. */
    public boolean withholds() {
        return status.filter(known -> known.withheld() > 0).isPresent();
    }

    /** Every tool that is neither listed nor callable; those beyond the first ones of the status without what changed. */
    public List<ToolFinding> withheld() {
        if (!withholds()) {
            return List.of();
        }
        Map<String, ToolFinding> told = new HashMap<>();
        status.stream()
                .flatMap(known -> known.unapproved().stream())
                .forEach(finding -> told.put(finding.name(), finding));
        Set<String> before = Stream.concat(pinning.remembered().stream(), seen.stream())
                .map(ToolDigest::name)
                .collect(Collectors.toSet());
        Set<Definition> kept = Set.copyOf(served.listing(CapabilityKind.TOOL).items());
        return examined.stream()
                .filter(tool -> !kept.contains(tool.definition()))
                .map(tool -> told.getOrDefault(
                        tool.digest().name(),
                        new ToolFinding(
                                tool.digest().name(),
                                tool.digest().digest(),
                                before.contains(tool.digest().name()) ? ToolFinding.Kind.CHANGED : ToolFinding.Kind.NEW,
                                List.of(),
                                tool.warnings())))
                .toList();
    }

    /** For a log: the unapproved tools, the first ones by name. */
    public String unapproved() {
        return status.map(PinnedServer::unapproved).orElse("");
    }

    private static String unapproved(PinningStatus status) {
        String some = status.unapproved().stream()
                .limit(MOST_NAMED)
                .map(ToolFinding::described)
                .collect(Collectors.joining(", "));
        return status.totalUnapproved() > MOST_NAMED
                ? some + " and " + (status.totalUnapproved() - MOST_NAMED) + " more"
                : some;
    }

    /** Counts what is served, and tells what is not. */
    private static String message(ServerReport discovered, Listings served, PinningStatus status) {
        if (status.totalUnapproved() == 0) {
            return discovered.message();
        }
        String all = ServerStatusText.added(discovered.listings());
        String message = discovered.message().startsWith(all)
                ? ServerStatusText.added(served) + discovered.message().substring(all.length())
                : discovered.message();
        return "%s; %d %s: %s; approve the list by its digest %s"
                .formatted(
                        message,
                        status.totalUnapproved(),
                        status.withheld() > 0 ? "quarantined" : "not approved",
                        unapproved(status),
                        status.list());
    }
}
