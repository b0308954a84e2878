package io.mcpgateway.controller.virtualserver;

import io.mcpgateway.api.contract.ServerStatus.DefinitionStatus;
import io.mcpgateway.api.contract.ServerStatus.Totals;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.VirtualServerStatus;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.v1alpha1.reason.ReasonStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.reasons.MissingTool;
import io.mcpgateway.controller.reasons.ReasonDetails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of a selection in all extensions. What every replica of one extension shows is shown; what is unknown to
 * some replica in every extension is unknown.
 *
 * @param unmatched what else of it matches nothing
 * @param missing why, of both; empty as long as nobody tells
 * @param clashes the first ones, each with the reason
 * @param refused the first ones, each with the reason
 */
record SelectionOutcome(
        VirtualServer entry,
        Totals shown,
        List<String> unknownTools,
        List<String> unmatched,
        List<MissingTool> missing,
        List<String> clashes,
        int totalClashes,
        List<String> refused,
        int totalRefused) {
    private static final String HINT = "; names are case-sensitive and include the server's toolPrefix";
    /** In the status; the message of a condition names fewer. */
    private static final int MOST_LISTED = 50;

    private static final int MOST_TOLD = 5;

    SelectionOutcome {
        unknownTools = List.copyOf(unknownTools);
        unmatched = List.copyOf(unmatched);
        missing = List.copyOf(missing);
        clashes = List.copyOf(clashes);
        refused = List.copyOf(refused);
    }

    /** As long as no extension serves it. */
    static SelectionOutcome unknown(VirtualServer entry) {
        return new SelectionOutcome(
                entry, Totals.NONE, entry.tools(), List.of(), List.of(), List.of(), 0, List.of(), 0);
    }

    /**
     * What came of it.
     *
     * @param reported what the replicas of each extension say; at least one each
     * @param servers what the same replicas say of servers
     */
    static SelectionOutcome of(
            VirtualServer entry, List<List<VirtualServerStatus>> reported, List<StatusReport> servers) {
        List<String> unknown = common(entry.tools(), reported, VirtualServerStatus::unknownTools);
        int tools = entry.rules().isEmpty()
                ? entry.tools().size() - unknown.size()
                : most(reported, status -> status.shown().tools());
        List<VirtualServerStatus> all = reported.stream().flatMap(List::stream).toList();
        List<String> unmatched = common(
                all.stream()
                        .flatMap(status -> status.unmatched().stream())
                        .distinct()
                        .toList(),
                reported,
                VirtualServerStatus::unmatched);
        return new SelectionOutcome(
                entry,
                new Totals(
                        tools,
                        most(reported, status -> status.shown().prompts()),
                        most(reported, status -> status.shown().resources()),
                        most(reported, status -> status.shown().resourceTemplates())),
                unknown,
                unmatched,
                Stream.concat(unknown.stream(), unmatched.stream())
                        .map(name -> MissingTool.of(name, servers, object(entry)))
                        .toList(),
                first(all, VirtualServerStatus::clashes),
                most(reported, status -> status.clashes().total()),
                first(all, VirtualServerStatus::refused),
                most(reported, status -> status.refused().total()));
    }

    /** Whether clients see anything of it. */
    Finding ready() {
        String notes = told("; under another name or left out: ", clashes, totalClashes)
                + told("; names that model APIs refuse: ", refused, totalRefused);
        if (!entry.rules().isEmpty()) {
            return bySelection(notes);
        }
        int named = entry.tools().size();
        if (unknownTools.isEmpty()) {
            return Finding.met(ConditionType.READY, Reason.READY, "all %d tools are served".formatted(named) + notes);
        }
        String names = unknown();
        return unknownTools.size() == named
                ? Finding.unmet(ConditionType.READY, Reason.NO_TOOLS, "none of the tools is served: " + names)
                : Finding.met(
                        ConditionType.READY,
                        Reason.READY,
                        "%d of %d tools are served; unknown: %s".formatted(shown.tools(), named, names) + notes);
    }

    private Finding bySelection(String notes) {
        int resources = shown.resources() + shown.resourceTemplates();
        return shown.tools() + shown.prompts() + resources == 0
                ? Finding.unmet(ConditionType.READY, Reason.NO_TOOLS, "nothing is selected" + withoutMatch())
                : Finding.met(
                        ConditionType.READY,
                        Reason.READY,
                        "shows %d tools, %d prompts and %d resources"
                                        .formatted(shown.tools(), shown.prompts(), resources)
                                + withoutMatch()
                                + notes);
    }

    /** Whether everything that it says matches something. */
    Finding resolved() {
        if (unknownTools.isEmpty() && unmatched.isEmpty()) {
            String message = entry.rules().isEmpty()
                    ? "all %d tools are served".formatted(entry.tools().size())
                    : "every rule and name matches something";
            return Finding.met(ConditionType.TOOLS_RESOLVED, Reason.TOOLS_FOUND, message);
        }
        List<String> problems = new ArrayList<>();
        if (!unknownTools.isEmpty()) {
            problems.add("no gateway serves these tools: " + unknown());
        }
        if (!unmatched.isEmpty()) {
            problems.add("these match nothing: " + String.join(", ", unmatched));
        }
        return Finding.unmet(ConditionType.TOOLS_RESOLVED, Reason.TOOLS_NOT_FOUND, String.join("; ", problems));
    }

    /** Why something that it should show is not shown, or not under the name that it should have. */
    List<ReasonStatus> reasons() {
        Map<List<String>, List<String>> items = new LinkedHashMap<>();
        missing.forEach(
                name -> items.computeIfAbsent(List.of(name.code().word(), name.object()), _ -> new ArrayList<>())
                        .add(unknownTools.contains(name.tool()) ? "tool " + name.tool() : name.tool()));
        List<ReasonStatus> reasons = new ArrayList<>();
        items.forEach((cause, names) ->
                reasons.add(new ReasonStatus(cause.getFirst(), names.size(), cause.getLast(), names)));
        if (totalClashes > 0) {
            reasons.add(new ReasonStatus(ReasonCode.NAME_CONFLICT.word(), totalClashes, object(entry), clashes));
        }
        return ReasonDetails.joined(reasons);
    }

    private static String object(VirtualServer entry) {
        return "virtual server " + entry.name();
    }

    /** The names, each with the server that explains it; where none does, the name itself may be wrong. */
    private String unknown() {
        List<MissingTool> tools = missing.stream()
                .filter(name -> unknownTools.contains(name.tool()))
                .toList();
        return tools.stream().map(MissingTool::described).collect(Collectors.joining(", "))
                + (tools.stream().anyMatch(MissingTool::isUnexplained) ? HINT : "");
    }

    private String withoutMatch() {
        return told(
                        "; unknown tools: ",
                        missing.stream()
                                .filter(name -> unknownTools.contains(name.tool()))
                                .map(MissingTool::described)
                                .toList(),
                        unknownTools.size())
                + told("; matches nothing: ", unmatched, unmatched.size());
    }

    private static String told(String title, List<String> some, int all) {
        if (some.isEmpty()) {
            return "";
        }
        int told = Math.min(some.size(), MOST_TOLD);
        return title + String.join(", ", some.subList(0, told)) + (all > told ? " and " + (all - told) + " more" : "");
    }

    /** Of these texts the ones that some replica of every extension reports. */
    private static List<String> common(
            List<String> all,
            List<List<VirtualServerStatus>> reported,
            Function<VirtualServerStatus, List<String>> texts) {
        Set<String> common = new LinkedHashSet<>(all);
        for (List<VirtualServerStatus> replicas : reported) {
            Set<String> told = new LinkedHashSet<>();
            replicas.forEach(replica -> told.addAll(texts.apply(replica)));
            common.retainAll(told);
        }
        return List.copyOf(common);
    }

    /** What every replica of the best extension shows. */
    private static int most(List<List<VirtualServerStatus>> reported, ToIntFunction<VirtualServerStatus> count) {
        return reported.stream()
                .map(replicas -> replicas.stream().mapToInt(count).min().orElse(0))
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    private static List<String> first(
            List<VirtualServerStatus> all, Function<VirtualServerStatus, VirtualServerStatus.Names> names) {
        return all.stream()
                .flatMap(status -> names.apply(status).first().stream())
                .map(SelectionOutcome::described)
                .distinct()
                .limit(MOST_LISTED)
                .toList();
    }

    private static String described(DefinitionStatus item) {
        return "%s %s (%s)".formatted(item.kind(), item.name(), String.join(", ", item.notes()));
    }
}
