package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.selection.SeenNames;
import io.mcpgateway.api.contract.selection.ToolOverride;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.Selection.Clash;
import io.mcpgateway.broker.catalog.ServerOffer.Offered;
import io.mcpgateway.broker.listing.DefinitionOverride;
import io.mcpgateway.broker.listing.FindTools;
import io.mcpgateway.broker.listing.NameRule;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Gives each selected item the name under which clients see it. Of two that want one name, the one with an override gets
 * it, else the older server's, so a new tool never takes the name of another one. The other keeps its served name; if
 * that is taken too, it is left out. Used for one virtual server and dropped.
 */
final class Naming {
    private final SeenNames rule;
    private final Map<String, ToolOverride> overrides = new LinkedHashMap<>();
    private final Set<String> unmatched;
    private final List<Clash> clashes = new ArrayList<>();

    Naming(SeenNames rule) {
        this.rule = rule;
        rule.overrides().forEach(override -> overrides.putIfAbsent(override.tool(), override));
        this.unmatched = new LinkedHashSet<>(overrides.keySet());
    }

    /** The items that did not get their name so far. */
    List<Clash> clashes() {
        return List.copyOf(clashes);
    }

    /** The tools of overrides that were not among the items so far. */
    Set<String> unmatched() {
        return unmatched;
    }

    /**
     * The items under the names that clients see.
     *
     * @param items of one kind, those of older servers first
     */
    List<Served> named(CapabilityKind kind, List<Offered> items) {
        Map<String, Served> seen = LinkedHashMap.newLinkedHashMap(items.size());
        Set<Offered> done = kind == CapabilityKind.TOOL ? renamed(items, seen) : Set.of();
        for (Offered item : items) {
            if (!done.contains(item)) {
                add(kind, item, names(kind, item), seen);
            }
        }
        return List.copyOf(seen.values());
    }

    /** Names that a person chose go first, in the order in which they were chosen. */
    private Set<Offered> renamed(List<Offered> items, Map<String, Served> seen) {
        Map<String, Offered> byServedName = new HashMap<>();
        if (!overrides.isEmpty()) {
            items.forEach(item -> byServedName.putIfAbsent(item.served().name(), item));
        }
        Set<Offered> done = new LinkedHashSet<>();
        overrides.forEach((tool, override) -> {
            Offered item = byServedName.get(tool);
            if (item == null) {
                return;
            }
            unmatched.remove(tool);
            if (override.name().isPresent() && !seen.containsKey(override.name().get())) {
                seen.put(override.name().get(), changed(item, override.name().get()));
                done.add(item);
            }
        });
        return done;
    }

    /** The names that it may get, the best one first. */
    private List<String> names(CapabilityKind kind, Offered item) {
        String served = item.served().name();
        if (!kind.prefixed()) {
            return List.of(served);
        }
        List<String> names = new ArrayList<>();
        override(kind, item).flatMap(ToolOverride::name).ifPresent(names::add);
        if (rule.original() && !item.own().name().equals(FindTools.NAME)) {
            names.add(item.own().name());
        }
        names.add(served);
        return names.stream()
                .map(name -> rule.safe() ? NameRule.safe(name) : name)
                .distinct()
                .toList();
    }

    private void add(CapabilityKind kind, Offered item, List<String> names, Map<String, Served> seen) {
        Optional<String> free =
                names.stream().filter(name -> !seen.containsKey(name)).findFirst();
        String wanted = names.getFirst();
        if (!free.equals(Optional.of(wanted))) {
            clashes.add(new Clash(
                    kind,
                    item.served().route().server().name(),
                    item.served().name(),
                    wanted,
                    Objects.requireNonNull(seen.get(wanted)).route().server().name(),
                    free));
        }
        free.ifPresent(name -> seen.put(name, changed(item, name)));
    }

    private Optional<ToolOverride> override(CapabilityKind kind, Offered item) {
        return kind == CapabilityKind.TOOL
                ? Optional.ofNullable(overrides.get(item.served().name()))
                : Optional.empty();
    }

    private Served changed(Offered item, String name) {
        Served named = name.equals(item.own().name())
                ? item.own()
                : name.equals(item.served().name()) ? item.served() : item.own().renamed(name);
        return override(named.route().kind(), item)
                .map(override -> new Served(name, named.route(), DefinitionOverride.apply(override, named.json())))
                .orElse(named);
    }
}
