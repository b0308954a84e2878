package io.mcpgateway.broker.search;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds tools of one {@link RouteTable}, for whatever view. The index is made by the first search; others wait for it.
 * Thread-safe.
 */
public final class ToolSearcher {
    private final List<Served> tools;
    private final Map<Boolean, ToolIndex> index = new ConcurrentHashMap<>(1);

    private ToolSearcher(List<Served> tools) {
        this.tools = tools;
    }

    /** Of a new table. */
    public static ToolSearcher of(RouteTable table) {
        return new ToolSearcher(table.searchableTools());
    }

    /** Of the table that follows: the same one if the tools are the same. */
    public ToolSearcher next(RouteTable table) {
        List<Served> next = table.searchableTools();
        return next.equals(tools) ? this : new ToolSearcher(next);
    }

    /** The definitions that answer a question best, of what the view shows, the best one first. */
    public List<Served> find(FindToolsCall.Question question, CapabilityView view) {
        return index().search(
                        question.words(),
                        question.limit(),
                        tool -> view.find(CapabilityKind.TOOL, tool.name())
                                .filter(tool::equals)
                                .isPresent());
    }

    /** The key is always the same: the map is there because it computes once. */
    private ToolIndex index() {
        return index.computeIfAbsent(true, _ -> ToolIndex.of(tools));
    }
}
