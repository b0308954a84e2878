package io.mcpgateway.broker.pinning;

import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolFinding;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import io.mcpgateway.broker.listing.Definition;
import io.mcpgateway.broker.listing.Listing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The tools of one server, compared with what is approved.
 *
 * @param served what may be listed and called
 * @param approved the definitions of them that are approved
 */
record PinnedTools(Listing served, List<ToolDigest> approved, PinningStatus status) {
    /** How many tools are named in each list of a status. */
    static final int MOST_NAMED = 50;

    PinnedTools {
        Objects.requireNonNull(served, "served");
        approved = List.copyOf(approved);
        Objects.requireNonNull(status, "status");
    }

    /**
     * Under Quarantine, exactly the approved definitions are served: none if nothing is approved.
     *
     * @param examined the items of {@code tools}
     * @param seen definitions that were approved before; they only explain what has changed
     */
    static PinnedTools of(Listing tools, List<ExaminedTool> examined, ToolPinning pinning, List<ToolDigest> seen) {
        List<ToolDigest> digests = examined.stream()
                .map(ExaminedTool::digest)
                .sorted(Comparator.comparing(ToolDigest::name))
                .toList();
        String list = Digests.ofList(digests);
        Approval approval = Approval.of(pinning, list, seen);
        List<Definition> served = new ArrayList<>();
        List<ToolDigest> approvedTools = new ArrayList<>();
        List<ToolFinding> unapproved = new ArrayList<>();
        List<ToolFinding> flagged = new ArrayList<>();
        for (ExaminedTool tool : examined) {
            ToolFinding finding = approval.finding(tool);
            boolean approved = finding.kind() == ToolFinding.Kind.APPROVED;
            if (approved || pinning.mode() != PinningMode.QUARANTINE) {
                served.add(tool.definition());
            }
            if (!approved) {
                unapproved.add(finding);
                continue;
            }
            approvedTools.add(tool.digest());
            if (!finding.warnings().isEmpty()) {
                flagged.add(finding);
            }
        }
        return new PinnedTools(
                new Listing(served, tools.invalid(), tools.mended()),
                approvedTools,
                new PinningStatus(
                        pinning.mode(),
                        list,
                        digests.stream().limit(ToolPinning.MOST_REMEMBERED).toList(),
                        unapproved.size(),
                        first(unapproved),
                        first(flagged)));
    }

    private static List<ToolFinding> first(List<ToolFinding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(ToolFinding::name))
                .limit(MOST_NAMED)
                .toList();
    }

    /**
     * What is approved, for looking up.
     *
     * @param before by name, what was approved before
     */
    private record Approval(boolean everything, Set<String> digests, Map<String, ToolDigest> before) {
        static Approval of(ToolPinning pinning, String list, List<ToolDigest> seen) {
            Set<String> digests = new HashSet<>(pinning.digests());
            Map<String, ToolDigest> before = new HashMap<>();
            seen.forEach(tool -> before.put(tool.name(), tool));
            pinning.remembered().forEach(tool -> {
                digests.add(tool.digest());
                before.put(tool.name(), tool);
            });
            return new Approval(pinning.digests().contains(list), digests, before);
        }

        ToolFinding finding(ExaminedTool tool) {
            ToolDigest digest = tool.digest();
            ToolDigest known = before.get(digest.name());
            boolean approved = everything || digests.contains(digest.digest());
            ToolFinding.Kind kind = approved
                    ? ToolFinding.Kind.APPROVED
                    : known == null ? ToolFinding.Kind.NEW : ToolFinding.Kind.CHANGED;
            List<String> changed = approved || known == null ? List.of() : known.differences(digest);
            return new ToolFinding(digest.name(), digest.digest(), kind, changed, tool.warnings());
        }
    }
}
