package io.mcpgateway.controller.registration;

import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationSpec;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationStatus;
import io.mcpgateway.api.v1alpha1.pinning.RememberedTool;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningMode;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The definitions that a registration remembers, in its status. Brokers get them by config.yaml and decide alone; here is
 * decided what they get. Nothing is forgotten because a broker or a server is away.
 */
final class ToolMemory {
    private ToolMemory() {}

    static PinningMode mode(@Nullable MCPServerRegistrationSpec spec) {
        if (spec == null) {
            return PinningMode.OFF;
        }
        return switch (spec.toolPinning()) {
            case OFF -> PinningMode.OFF;
            case OBSERVE -> PinningMode.OBSERVE;
            case QUARANTINE -> PinningMode.QUARANTINE;
        };
    }

    /** What brokers are to go by. */
    static ToolPinning pinning(MCPServerRegistration registration) {
        MCPServerRegistrationSpec spec = registration.getSpec();
        if (spec.toolPinning() == ToolPinningMode.OFF) {
            return ToolPinning.OFF;
        }
        return new ToolPinning(
                mode(spec),
                Set.copyOf(spec.approvedTools()),
                remembered(present(registration).toolPinning()));
    }

    private static MCPServerRegistrationStatus present(MCPServerRegistration registration) {
        return Objects.requireNonNullElse(registration.getStatus(), MCPServerRegistrationStatus.EMPTY);
    }

    static List<ToolDigest> remembered(@Nullable ToolPinningStatus status) {
        return status == null
                ? List.of()
                : status.remembered().stream()
                        .map(tool -> new ToolDigest(tool.name(), tool.digest(), tool.members(), tool.flagged()))
                        .toList();
    }

    /**
     * What is remembered next; empty if tools are not pinned.
     *
     * <p>The first list that is not empty is trusted if all replicas report the same one and nobody has said which definitions are approved,
     * but for text that seems to instruct the model. From then on only approvals add something.
     */
    static Optional<ToolPinningStatus> next(MCPServerRegistration registration, PinningReports reports, Instant now) {
        MCPServerRegistrationSpec spec = registration.getSpec();
        if (mode(spec) == PinningMode.OFF) {
            return Optional.empty();
        }
        @Nullable ToolPinningStatus before = present(registration).toolPinning();
        @Nullable String since = before == null ? null : before.since();
        SortedMap<String, ToolDigest> tools = new TreeMap<>();
        remembered(before).forEach(tool -> tools.put(tool.name(), tool));
        if (since == null && reports.agreed() && !reports.tools().isEmpty()) {
            since = now.truncatedTo(ChronoUnit.SECONDS).toString();
            if (spec.approvedTools().isEmpty()) {
                add(
                        tools,
                        reports.tools().stream().filter(tool -> !tool.flagged()).toList());
            }
        }
        Set<String> approved = Set.copyOf(spec.approvedTools());
        for (PinningStatus report : reports.all()) {
            boolean whole = approved.contains(report.list());
            add(
                    tools,
                    report.tools().stream()
                            .filter(tool -> whole || approved.contains(tool.digest()))
                            .toList());
        }
        @Nullable
        String list = reports.all().isEmpty()
                ? before == null ? null : before.listDigest()
                : reports.all().getFirst().list();
        return Optional.of(new ToolPinningStatus(since, list, limited(tools, reports.tools())));
    }

    private static void add(Map<String, ToolDigest> tools, List<ToolDigest> approved) {
        approved.forEach(tool -> tools.put(tool.name(), tool));
    }

    /** Tools that the server does not list any more go first. */
    private static List<RememberedTool> limited(SortedMap<String, ToolDigest> tools, Collection<ToolDigest> listed) {
        List<ToolDigest> kept = new ArrayList<>(tools.values());
        if (kept.size() > ToolPinning.MOST_REMEMBERED) {
            Set<String> names = listed.stream().map(ToolDigest::name).collect(Collectors.toSet());
            List<ToolDigest> present =
                    kept.stream().filter(tool -> names.contains(tool.name())).toList();
            kept.removeAll(present);
            kept.addAll(0, present);
            kept = kept.subList(0, ToolPinning.MOST_REMEMBERED);
        }
        return kept.stream()
                .map(tool -> new RememberedTool(tool.name(), tool.digest(), tool.members(), tool.flagged()))
                .toList();
    }
}
