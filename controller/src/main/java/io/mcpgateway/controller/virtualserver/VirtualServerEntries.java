package io.mcpgateway.controller.virtualserver;

import io.mcpgateway.api.contract.ChosenUrl;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.selection.SeenNames;
import io.mcpgateway.api.contract.selection.SelectionRule;
import io.mcpgateway.api.contract.selection.SelectionRules;
import io.mcpgateway.api.contract.selection.ToolOverride;
import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.api.v1alpha1.MCPVirtualServerSpec;
import io.mcpgateway.api.v1alpha1.ToolSearchMode;
import io.mcpgateway.api.v1alpha1.selection.SelectionRuleSpec;
import io.mcpgateway.api.v1alpha1.selection.ToolAnnotationsSpec;
import io.mcpgateway.api.v1alpha1.selection.ToolOverrideSpec;
import io.mcpgateway.controller.gatewayapi.LabelSelectors;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A virtual server as config.yaml has it. Brokers know no labels: which registrations a selector matches is decided
 * here, so a change of a registration's labels changes the configuration.
 *
 * @param labels of every registration that is not being deleted
 */
public record VirtualServerEntries(Map<ObjectKey, Map<String, String>> labels) {
    public VirtualServerEntries {
        labels = Map.copyOf(labels);
    }

    /** Each tool and prompt once, in the order of the spec. */
    public VirtualServer entry(MCPVirtualServer virtualServer) {
        String name = ObjectKey.of(virtualServer).toString();
        MCPVirtualServerSpec spec = virtualServer.getSpec();
        if (spec == null) {
            return new VirtualServer(name, List.of());
        }
        String namespace = virtualServer.getMetadata().getNamespace();
        return new VirtualServer(
                name,
                spec.tools().stream().distinct().toList(),
                spec.prompts().stream().distinct().toList(),
                new SelectionRules(rules(spec.include(), namespace), rules(spec.exclude(), namespace)),
                new SeenNames(
                        Boolean.TRUE.equals(spec.originalNames()),
                        Boolean.TRUE.equals(spec.safeNames()),
                        spec.overrides().stream()
                                .map(VirtualServerEntries::override)
                                .toList()),
                spec.protocolVersions().stream().distinct().toList(),
                ChosenUrl.NONE,
                toolSearch(spec.toolSearch(), spec.pinnedTools()));
    }

    /** How clients find tools, as a spec says it. */
    public static ToolSearch toolSearch(@Nullable ToolSearchMode mode, List<String> pinnedTools) {
        Optional<ToolSearch.Mode> said = Optional.ofNullable(mode).map(each -> switch (each) {
            case ON -> ToolSearch.Mode.ON;
            case OFF -> ToolSearch.Mode.OFF;
        });
        return new ToolSearch(said, pinnedTools.stream().distinct().toList());
    }

    private List<SelectionRule> rules(List<SelectionRuleSpec> rules, String namespace) {
        return rules.stream().map(rule -> rule(rule, namespace)).toList();
    }

    private SelectionRule rule(SelectionRuleSpec rule, String namespace) {
        return new SelectionRule(
                servers(rule, namespace),
                rule.namespaces(),
                rule.tools(),
                rule.prompts(),
                rule.resources(),
                new SelectionRule.Hints(
                        Optional.ofNullable(rule.readOnly()),
                        Optional.ofNullable(rule.destructive()),
                        Optional.ofNullable(rule.openWorld())));
    }

    /** Those that fit both the names and the selector, as far as the rule has them; empty if it has neither. */
    private Optional<Set<String>> servers(SelectionRuleSpec rule, String namespace) {
        Optional<Set<String>> named = rule.registrations().isEmpty()
                ? Optional.empty()
                : Optional.of(rule.registrations().stream()
                        .map(name -> name.contains("/") ? name : namespace + "/" + name)
                        .collect(Collectors.toSet()));
        if (rule.registrationSelector() == null) {
            return named;
        }
        return Optional.of(labels.entrySet().stream()
                .filter(registration -> LabelSelectors.matches(rule.registrationSelector(), registration.getValue()))
                .map(registration -> registration.getKey().toString())
                .filter(name -> named.isEmpty() || named.get().contains(name))
                .collect(Collectors.toSet()));
    }

    private static ToolOverride override(ToolOverrideSpec override) {
        return new ToolOverride(
                override.tool(),
                Optional.ofNullable(override.name()),
                Optional.ofNullable(override.title()),
                Optional.ofNullable(override.description()),
                annotations(override.annotations()));
    }

    private static ToolOverride.Annotations annotations(@Nullable ToolAnnotationsSpec annotations) {
        return annotations == null
                ? ToolOverride.Annotations.AS_THEY_ARE
                : new ToolOverride.Annotations(
                        Optional.ofNullable(annotations.title()),
                        Optional.ofNullable(annotations.readOnlyHint()),
                        Optional.ofNullable(annotations.destructiveHint()),
                        Optional.ofNullable(annotations.idempotentHint()),
                        Optional.ofNullable(annotations.openWorldHint()));
    }
}
