package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.Condition;
import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolFinding;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.pinning.ToolPinningStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The condition about unapproved tools. Which ones these are is computed from what is remembered now, not from what brokers
 * make of it: they get it a moment later. Whether they are withheld is what brokers report.
 */
final class ToolApproval {
    private static final String ADVICE = ". Compare the definitions, then approve the list with: ";

    private static final int MOST_NAMED = 5;
    /** Replicas that disagree for a moment report two. */
    private static final int MOST_LISTS = 3;
    /** Leaves room for the command, which comes last. */
    private static final int LONGEST_NAMES = 400;

    private ToolApproval() {}

    /** Empty if tools are not pinned, or nothing new is known of them. */
    static Optional<Finding> of(
            MCPServerRegistration registration, ToolPinningStatus memory, PinningReports reports, boolean unknown) {
        PinningMode mode = ToolMemory.mode(registration.getSpec());
        if (reports.all().isEmpty()) {
            return unknown
                    ? Optional.of(pending(
                            "no broker replica has compared the server's tools yet; brokers that are older than this"
                                    + " controller never do"))
                    : Optional.empty();
        }
        if (memory.since() == null && reports.tools().isEmpty()) {
            return Optional.of(
                    Finding.met(ConditionType.TOOLS_APPROVED, Reason.APPROVED, "the server lists no tools yet"));
        }
        if (memory.since() == null) {
            return Optional.of(pending(
                    "the server's first list of tools is approved as soon as every ready broker replica reports the same one;"
                            + " so far %d replicas report %d different ones"
                                    .formatted(
                                            reports.all().size(),
                                            reports.lists().size())));
        }
        List<ToolFinding> unapproved =
                unapproved(reports, memory, Set.copyOf(registration.getSpec().approvedTools()));
        int all = Math.toIntExact(
                reports.tools().stream().map(ToolDigest::name).distinct().count());
        int missing = Math.max(unapproved.size(), beyondMemory(reports));
        if (missing == 0) {
            return Optional.of(Finding.met(
                    ConditionType.TOOLS_APPROVED,
                    Reason.APPROVED,
                    "%d tools have the definitions that are approved%s".formatted(all, flagged(reports))));
        }
        int replicas = reports.all().size();
        // A mode is taken up with the configuration, so replicas may still serve what the spec withholds.
        int serving = mode == PinningMode.QUARANTINE ? replicas - reports.withholding() : replicas;
        return Optional.of(Finding.unmet(
                ConditionType.TOOLS_APPROVED,
                serving == 0 ? Reason.QUARANTINED : Reason.UNAPPROVED,
                "not approved%s (%d of %d tools): %s%s%s"
                        .formatted(
                                consequence(mode, serving, replicas),
                                missing,
                                Math.max(all, missing),
                                named(unapproved, missing),
                                ADVICE,
                                command(registration, reports.lists()))));
    }

    private static String consequence(PinningMode mode, int serving, int replicas) {
        if (mode != PinningMode.QUARANTINE) {
            return ", but served";
        }
        return serving == 0
                ? ", so neither listed nor callable"
                : ", but still served by %d of %d broker replicas".formatted(serving, replicas);
    }

    /** What a condition names, without the command: its digest may change while the same things differ. */
    static String departures(Condition condition) {
        int advice = condition.getMessage().indexOf(ADVICE);
        return condition.getReason() + " "
                + (advice < 0 ? condition.getMessage() : condition.getMessage().substring(0, advice));
    }

    private static Finding pending(String message) {
        return Finding.unmet(ConditionType.TOOLS_APPROVED, Reason.PENDING, message);
    }

    private static List<ToolFinding> unapproved(PinningReports reports, ToolPinningStatus memory, Set<String> digests) {
        Map<String, ToolDigest> remembered = ToolMemory.remembered(memory).stream()
                .collect(Collectors.toMap(ToolDigest::name, tool -> tool, (first, _) -> first));
        Set<String> approved = new HashSet<>(digests);
        remembered.values().forEach(tool -> approved.add(tool.digest()));
        List<ToolFinding> unapproved = new ArrayList<>();
        for (PinningStatus report : reports.all()) {
            if (!digests.contains(report.list())) {
                report.tools().stream()
                        .filter(tool -> !approved.contains(tool.digest()))
                        .map(tool -> finding(tool, Optional.ofNullable(remembered.get(tool.name())), report))
                        .forEach(unapproved::add);
            }
        }
        return unapproved.stream()
                .distinct()
                .sorted(Comparator.comparing(ToolFinding::name).thenComparing(ToolFinding::digest))
                .toList();
    }

    private static ToolFinding finding(ToolDigest tool, Optional<ToolDigest> before, PinningStatus report) {
        List<String> warnings = findings(report)
                .filter(finding -> finding.digest().equals(tool.digest()))
                .findFirst()
                .map(ToolFinding::warnings)
                .orElse(List.of());
        return new ToolFinding(
                tool.name(),
                tool.digest(),
                before.isPresent() ? ToolFinding.Kind.CHANGED : ToolFinding.Kind.NEW,
                before.map(tool::differences).orElse(List.of()),
                warnings);
    }

    private static Stream<ToolFinding> findings(PinningStatus report) {
        return Stream.concat(report.unapproved().stream(), report.flagged().stream());
    }

    /** Brokers report no more definitions than are remembered, but count them. */
    private static int beyondMemory(PinningReports reports) {
        return reports.all().stream()
                .filter(report -> report.tools().size() == ToolPinning.MOST_REMEMBERED)
                .mapToInt(PinningStatus::totalUnapproved)
                .max()
                .orElse(0);
    }

    private static String named(List<ToolFinding> findings, int all) {
        String names =
                findings.stream().limit(MOST_NAMED).map(ToolFinding::described).collect(Collectors.joining(", "));
        String more = all > MOST_NAMED ? " and %d more".formatted(all - MOST_NAMED) : "";
        if (names.length() <= LONGEST_NAMES) {
            return names + more;
        }
        int end = Character.isHighSurrogate(names.charAt(LONGEST_NAMES - 1)) ? LONGEST_NAMES - 1 : LONGEST_NAMES;
        return names.substring(0, end) + "..." + more;
    }

    private static String flagged(PinningReports reports) {
        List<ToolFinding> flagged = reports.all().stream()
                .flatMap(ToolApproval::findings)
                .filter(finding -> !finding.warnings().isEmpty())
                .map(finding -> new ToolFinding(
                        finding.name(), finding.digest(), ToolFinding.Kind.APPROVED, List.of(), finding.warnings()))
                .distinct()
                .toList();
        return flagged.isEmpty()
                ? ""
                : "; with text that seems to instruct the model: " + named(flagged, flagged.size());
    }

    /** The list that is approved so far is remembered, and need not be named again. */
    private static String command(MCPServerRegistration registration, List<String> lists) {
        return "kubectl patch mcpsr %s -n %s --type merge -p '{\"spec\":{\"approvedTools\":[%s]}}'"
                .formatted(
                        registration.getMetadata().getName(),
                        registration.getMetadata().getNamespace(),
                        lists.stream()
                                .limit(MOST_LISTS)
                                .map(list -> "\"" + list + "\"")
                                .collect(Collectors.joining(",")));
    }
}
