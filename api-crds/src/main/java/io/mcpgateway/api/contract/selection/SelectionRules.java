package io.mcpgateway.api.contract.selection;

import java.util.List;

/**
 * What is selected in addition to single names, and what is not selected whatever else says so.
 *
 * @param include an item that one of them matches is selected
 * @param exclude an item that one of them matches is not; without {@code include} and names, all others are selected
 */
public record SelectionRules(List<SelectionRule> include, List<SelectionRule> exclude) {
    public static final SelectionRules NONE = new SelectionRules(List.of(), List.of());

    public SelectionRules {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    public boolean isEmpty() {
        return include.isEmpty() && exclude.isEmpty();
    }
}
