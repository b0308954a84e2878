package io.mcpgateway.broker.catalog;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.broker.catalog.ToolCatalog.ServedTool;
import io.mcpgateway.broker.mcp.JsonText;
import io.mcpgateway.broker.mcp.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One server's tools under their served names, before names that clash are settled. Kept with the catalogue so that a
 * change of one server does not make every other server's tools be rewritten.
 *
 * @param source the very list that the tools were made of
 */
record ServerOffer(ServerRoute route, String prefix, List<ToolDefinition> source, List<ServedTool> tools) {
    ServerOffer {
        source = List.copyOf(source);
        tools = List.copyOf(tools);
    }

    static ServerOffer of(McpServer server, List<ToolDefinition> definitions) {
        ServerRoute route = ServerRoute.of(server);
        List<ServedTool> tools = new ArrayList<>(definitions.size());
        for (ToolDefinition definition : definitions) {
            tools.add(served(server.toolPrefix(), route, definition));
        }
        return new ServerOffer(route, server.toolPrefix(), definitions, tools);
    }

    /** Whether this offer is what {@link #of} would make of these. */
    boolean stillHolds(McpServer server, List<ToolDefinition> definitions) {
        return sameList(definitions) && prefix.equals(server.toolPrefix()) && route.equals(ServerRoute.of(server));
    }

    /** By identity: comparing by content would cost more than it saves. */
    @SuppressWarnings("ReferenceEquality") // see above
    private boolean sameList(List<ToolDefinition> definitions) {
        return source == definitions;
    }

    private static ServedTool served(String prefix, ServerRoute route, ToolDefinition definition) {
        String upstreamName = definition.name().value();
        String name = prefix + upstreamName;
        RawJson json = prefix.isEmpty() ? definition.json() : renamed(definition, name);
        return new ServedTool(name, new ToolRoute(route, upstreamName, definition.hints()), json);
    }

    private static RawJson renamed(ToolDefinition definition, String name) {
        byte[] original = definition.json().bytes();
        ByteArrayOutputStream out = new ByteArrayOutputStream(original.length + name.length());
        out.write(original, 0, definition.name().start());
        out.writeBytes(JsonText.quote(name).getBytes(StandardCharsets.UTF_8));
        out.write(
                original,
                definition.name().end(),
                original.length - definition.name().end());
        return RawJson.owning(out.toByteArray());
    }
}
