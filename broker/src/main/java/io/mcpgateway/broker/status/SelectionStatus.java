package io.mcpgateway.broker.status;

import io.mcpgateway.api.contract.ServerStatus.DefinitionStatus;
import io.mcpgateway.api.contract.ServerStatus.Totals;
import io.mcpgateway.api.contract.VirtualServerStatus;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.Selection;
import io.mcpgateway.broker.listing.NameRule;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.List;

/** What a virtual server shows, as {@code /status} says it. Pure. */
final class SelectionStatus {
    private SelectionStatus() {}

    static VirtualServerStatus of(Selection selection) {
        CapabilityView view = selection.view();
        return new VirtualServerStatus(
                selection.virtualServer().name(),
                selection.digest(),
                new Totals(
                        count(view, CapabilityKind.TOOL),
                        count(view, CapabilityKind.PROMPT),
                        count(view, CapabilityKind.RESOURCE),
                        count(view, CapabilityKind.RESOURCE_TEMPLATE)),
                selection.unknownTools(),
                selection.unmatched().stream().limit(StatusMapping.MOST_NAMED).toList(),
                first(selection.clashes().stream().map(SelectionStatus::note).toList()),
                first(selection.refused().stream().map(SelectionStatus::warning).toList()));
    }

    private static int count(CapabilityView view, CapabilityKind kind) {
        return Math.toIntExact(view.items(kind).count());
    }

    private static DefinitionStatus note(Selection.Clash clash) {
        String taken = "the name '%s' is taken by %s".formatted(clash.wanted(), clash.keptBy());
        return new DefinitionStatus(
                clash.kind().noun(),
                clash.servedName(),
                List.of(clash.seenAs()
                        .map(name -> taken + ", so it is shown as '" + name + "'")
                        .orElse(taken + ", so it is left out")));
    }

    private static DefinitionStatus warning(Served item) {
        return new DefinitionStatus(
                item.route().kind().noun(),
                item.name(),
                NameRule.warning(item.name()).stream().toList());
    }

    private static VirtualServerStatus.Names first(List<DefinitionStatus> all) {
        return new VirtualServerStatus.Names(
                all.size(), all.stream().limit(StatusMapping.MOST_NAMED).toList());
    }
}
