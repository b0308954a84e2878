package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What virtual servers select. Pure. */
final class Selection {
    private Selection() {}

    /** Resources have no selection of their own: those of the servers are seen whose tools or prompts are selected. */
    static CapabilityView.Selected of(VirtualServer virtualServer, CapabilityView.Selected everything) {
        List<Served> tools = named(virtualServer.tools(), CapabilityKind.TOOL, everything);
        List<Served> prompts = named(virtualServer.prompts(), CapabilityKind.PROMPT, everything);
        Set<ServerName> contributors = new HashSet<>();
        tools.forEach(item -> contributors.add(item.route().server().name()));
        prompts.forEach(item -> contributors.add(item.route().server().name()));
        Map<CapabilityKind, Collection<Served>> items = new EnumMap<>(CapabilityKind.class);
        items.put(CapabilityKind.TOOL, tools);
        items.put(
                CapabilityKind.PROMPT,
                virtualServer.prompts().isEmpty()
                        ? everything.of(CapabilityKind.PROMPT).inOrder()
                        : prompts);
        for (CapabilityKind kind : List.of(CapabilityKind.RESOURCE, CapabilityKind.RESOURCE_TEMPLATE)) {
            items.put(
                    kind,
                    everything
                            .items(kind)
                            .filter(item ->
                                    contributors.contains(item.route().server().name()))
                            .toList());
        }
        return CapabilityView.Selected.of(virtualServer.name(), items);
    }

    private static List<Served> named(List<String> names, CapabilityKind kind, CapabilityView.Selected everything) {
        return names.stream()
                .map(name -> everything.find(kind, name))
                .flatMap(Optional::stream)
                .toList();
    }
}
