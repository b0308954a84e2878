package io.mcpgateway.broker.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that one server lists, of all its pages together. Of tools with one name the first is served. */
public record ServerTools(List<ToolDefinition> tools, List<InvalidTool> invalid) {
    public static final ServerTools NONE = new ServerTools(List.of(), List.of());

    public ServerTools {
        tools = List.copyOf(tools);
        invalid = List.copyOf(invalid);
    }

    public static ServerTools join(List<ToolPage.Tools> pages) {
        List<ToolDefinition> tools = new ArrayList<>();
        List<InvalidTool> invalid = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ToolPage.Tools page : pages) {
            invalid.addAll(page.invalid());
            for (ToolDefinition tool : page.tools()) {
                if (names.add(tool.name().value())) {
                    tools.add(tool);
                } else {
                    invalid.add(new InvalidTool(tool.name().value(), "another tool of this server has its name"));
                }
            }
        }
        return new ServerTools(tools, invalid);
    }
}
