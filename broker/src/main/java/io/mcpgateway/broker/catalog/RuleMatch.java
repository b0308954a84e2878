package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.selection.SelectionRule;
import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.listing.ItemPattern;
import io.mcpgateway.broker.listing.ToolHints;
import java.util.List;
import java.util.Optional;

/**
 * What one rule matches. Pure.
 *
 * @param where for people: {@code include[0]}
 */
record RuleMatch(
        String where,
        SelectionRule rule,
        List<ItemPattern> tools,
        List<ItemPattern> prompts,
        List<ItemPattern> resources) {
    static RuleMatch of(String where, SelectionRule rule) {
        return new RuleMatch(where, rule, patterns(rule.tools()), patterns(rule.prompts()), patterns(rule.resources()));
    }

    private static List<ItemPattern> patterns(List<String> texts) {
        return texts.stream().map(ItemPattern::new).toList();
    }

    /** Whether it can match items of this server. */
    boolean concerns(ServerName server) {
        return rule.servers().map(names -> names.contains(server.value())).orElse(true)
                && (rule.namespaces().isEmpty() || rule.namespaces().contains(namespace(server)));
    }

    /** Whether it matches an item, of a server that it {@linkplain #concerns concerns}. */
    boolean matches(Served item) {
        return switch (item.route().kind()) {
            case TOOL -> named(tools, item) && hinted(item.route().hints());
            case PROMPT -> named(prompts, item) && isAboutAllKinds();
            case RESOURCE, RESOURCE_TEMPLATE -> named(resources, item) && isAboutAllKinds();
        };
    }

    private boolean named(List<ItemPattern> patterns, Served item) {
        return !rule.hasPatterns() || patterns.stream().anyMatch(pattern -> pattern.matches(item.name()));
    }

    /** Hints are about tools only, unless there are patterns for other kinds too. */
    private boolean isAboutAllKinds() {
        return rule.hasPatterns() || rule.hints().equals(SelectionRule.Hints.ANY);
    }

    /** A tool that does not say what it does may do the worst (MCP 2025-11-25, ToolAnnotations). */
    private boolean hinted(ToolHints hints) {
        boolean readOnly = hints.readOnly().orElse(false);
        boolean destructive = !readOnly && hints.destructive().orElse(true);
        return agrees(rule.hints().readOnly(), readOnly)
                && agrees(rule.hints().destructive(), destructive)
                && agrees(rule.hints().openWorld(), hints.openWorld().orElse(true));
    }

    private static boolean agrees(Optional<Boolean> wanted, boolean is) {
        return wanted.isEmpty() || wanted.get() == is;
    }

    private static String namespace(ServerName server) {
        int slash = server.value().indexOf('/');
        return slash < 0 ? "" : server.value().substring(0, slash);
    }
}
