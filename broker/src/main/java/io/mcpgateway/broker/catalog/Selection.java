package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.selection.SelectionRule;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.ServerOffer.Offered;
import io.mcpgateway.broker.listing.NameRule;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What became of a virtual server.
 *
 * @param digest of its entry in the configuration
 * @param unknownTools names of tools that no server has, in the order of the selection
 * @param unmatched what else of it matches nothing: {@code include[0]}
 * @param clashes items that did not get the name that they should have
 * @param refused what is shown under a name that some client or model does not take
 */
public record Selection(
        VirtualServer virtualServer,
        String digest,
        CapabilityView.Selected view,
        List<String> unknownTools,
        List<String> unmatched,
        List<Clash> clashes,
        List<Served> refused) {
    /**
     * An item that did not get the name that it should have.
     *
     * @param servedName what the gateway calls it
     * @param keptBy the server whose item has the name
     * @param seenAs its name instead; empty if it is left out
     */
    public record Clash(
            CapabilityKind kind,
            ServerName server,
            String servedName,
            String wanted,
            ServerName keptBy,
            Optional<String> seenAs) {
        public Clash {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(servedName, "servedName");
            Objects.requireNonNull(wanted, "wanted");
            Objects.requireNonNull(keptBy, "keptBy");
            Objects.requireNonNull(seenAs, "seenAs");
        }
    }

    public Selection {
        Objects.requireNonNull(virtualServer, "virtualServer");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(view, "view");
        unknownTools = List.copyOf(unknownTools);
        unmatched = List.copyOf(unmatched);
        clashes = List.copyOf(clashes);
        refused = List.copyOf(refused);
    }

    static Selection of(VirtualServer virtualServer, CapabilityView.Selected everything, List<ServerOffer> offers) {
        return of(virtualServer, ConfigYaml.digest(virtualServer), everything, offers);
    }

    /** The same virtual server, when something else is served. */
    Selection again(CapabilityView.Selected everything, List<ServerOffer> offers) {
        return of(virtualServer, digest, everything, offers);
    }

    /** @param offers everything that servers list, that of older servers first */
    private static Selection of(
            VirtualServer virtualServer, String digest, CapabilityView.Selected everything, List<ServerOffer> offers) {
        List<RuleMatch> include = rules("include", virtualServer.rules().include());
        List<RuleMatch> exclude = rules("exclude", virtualServer.rules().exclude());
        Set<Served> named = named(virtualServer, everything);
        Set<ServerName> owners = new HashSet<>();
        named.forEach(item -> owners.add(item.route().server().name()));
        Set<String> matched = new HashSet<>();
        Map<CapabilityKind, List<Offered>> selected = new EnumMap<>(CapabilityKind.class);
        boolean byName = virtualServer.rules().isEmpty();
        for (ServerOffer offer : offers) {
            if (byName && !owners.contains(offer.route().name())) {
                continue;
            }
            List<RuleMatch> including = ofServer(include, offer);
            List<RuleMatch> excluding = ofServer(exclude, offer);
            offer.items().forEach((kind, items) -> {
                List<Offered> ofKind = selected.computeIfAbsent(kind, _ -> new ArrayList<>());
                for (Offered item : items) {
                    boolean included = match(including, item.served(), matched);
                    boolean excluded = match(excluding, item.served(), matched);
                    if ((included || named.contains(item.served())) && !excluded) {
                        ofKind.add(item);
                    }
                }
            });
        }
        Naming naming = new Naming(virtualServer.seenNames());
        Map<CapabilityKind, Collection<Served>> seen = new EnumMap<>(CapabilityKind.class);
        selected.forEach((kind, items) -> seen.put(kind, naming.named(kind, items)));
        List<String> unmatched = new ArrayList<>();
        unknown(virtualServer.prompts(), CapabilityKind.PROMPT, everything)
                .forEach(prompt -> unmatched.add("prompt " + prompt));
        Stream.concat(include.stream(), exclude.stream())
                .map(RuleMatch::where)
                .filter(where -> !matched.contains(where))
                .forEach(unmatched::add);
        unknown(virtualServer.toolSearch().pinnedTools(), CapabilityKind.TOOL, everything)
                .forEach(tool -> unmatched.add("pinned tool " + tool));
        naming.unmatched().forEach(tool -> unmatched.add("override of " + tool));
        CapabilityView.Selected view = CapabilityView.Selected.of(virtualServer.name(), seen);
        return new Selection(
                virtualServer,
                digest,
                view,
                unknown(virtualServer.tools(), CapabilityKind.TOOL, everything),
                unmatched,
                naming.clashes(),
                Stream.of(CapabilityKind.TOOL, CapabilityKind.PROMPT)
                        .flatMap(view::items)
                        .filter(item -> NameRule.warning(item.name()).isPresent())
                        .toList());
    }

    /**
     * What is selected without a rule that includes it. Resources follow the tools and prompts that are selected by name;
     * prompts are only restricted if some are named or included. Rules that only exclude leave everything else.
     */
    private static Set<Served> named(VirtualServer virtualServer, CapabilityView.Selected everything) {
        boolean names =
                !virtualServer.tools().isEmpty() || !virtualServer.prompts().isEmpty();
        boolean includes = !virtualServer.rules().include().isEmpty();
        Set<Served> named = new HashSet<>();
        if (!names && !includes && !virtualServer.rules().exclude().isEmpty()) {
            for (CapabilityKind kind : CapabilityKind.values()) {
                named.addAll(everything.of(kind).inOrder());
            }
            return named;
        }
        virtualServer
                .tools()
                .forEach(name -> everything.find(CapabilityKind.TOOL, name).ifPresent(named::add));
        virtualServer
                .prompts()
                .forEach(name -> everything.find(CapabilityKind.PROMPT, name).ifPresent(named::add));
        Set<ServerName> contributors = new HashSet<>();
        named.forEach(item -> contributors.add(item.route().server().name()));
        if (virtualServer.prompts().isEmpty() && !includes) {
            named.addAll(everything.of(CapabilityKind.PROMPT).inOrder());
        }
        for (CapabilityKind kind : List.of(CapabilityKind.RESOURCE, CapabilityKind.RESOURCE_TEMPLATE)) {
            everything
                    .items(kind)
                    .filter(item -> contributors.contains(item.route().server().name()))
                    .forEach(named::add);
        }
        return named;
    }

    private static List<RuleMatch> rules(String member, List<SelectionRule> rules) {
        List<RuleMatch> matches = new ArrayList<>();
        rules.forEach(rule -> matches.add(RuleMatch.of(member + "[" + matches.size() + "]", rule)));
        return matches;
    }

    private static List<RuleMatch> ofServer(List<RuleMatch> rules, ServerOffer offer) {
        ServerName server = offer.route().name();
        return rules.stream().filter(rule -> rule.concerns(server)).toList();
    }

    /** Asks every rule, to learn which of them match something. */
    private static boolean match(List<RuleMatch> rules, Served item, Set<String> matched) {
        boolean any = false;
        for (RuleMatch rule : rules) {
            if (rule.matches(item)) {
                matched.add(rule.where());
                any = true;
            }
        }
        return any;
    }

    private static List<String> unknown(List<String> names, CapabilityKind kind, CapabilityView.Selected everything) {
        return new LinkedHashSet<>(names)
                .stream().filter(name -> everything.find(kind, name).isEmpty()).toList();
    }
}
