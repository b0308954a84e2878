package io.mcpgateway.e2e.demo;

import io.mcpgateway.e2e.client.McpClient;
import java.net.URI;
import java.util.Comparator;
import java.util.List;

/** What the demo prints once the tools are there. */
final class DemoText {
    private static final int DESCRIPTION_WIDTH = 60;
    private static final String JSON = " -H 'Content-Type: application/json'";
    private static final String SESSION = " -H \"Mcp-Session-Id: $SESSION\"";

    private DemoText() {}

    /** One line per tool under a heading, columns aligned. */
    static String table(List<ListedTool> tools) {
        int name = width(tools.stream().map(ListedTool::name).toList(), "TOOL");
        int server = width(tools.stream().map(ListedTool::server).toList(), "SERVER");
        StringBuilder table = new StringBuilder(row("TOOL", name, "SERVER", server, "DESCRIPTION"));
        tools.forEach(
                tool -> table.append(row(tool.name(), name, tool.server(), server, shortened(tool.description()))));
        return table.toString();
    }

    /** Opens a session: shows the answer with its headers and keeps the session id in {@code SESSION}. */
    static String initializeLine(URI url) {
        return "SESSION=$(curl -sS -w '\\n' -D - " + url + JSON + " -d " + quoted(McpClient.initialize("curl"))
                + " | tee -a /dev/stderr | tr -d '\\r' | awk 'tolower($1) == \"mcp-session-id:\" {print $2}')";
    }

    static String listLine(URI url) {
        return "curl -sS -w '\\n' " + url + JSON + SESSION + " -d "
                + quoted("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}");
    }

    /** Calls a tool. Servers may answer in either form, so both are accepted, as the MCP specification asks. */
    static String callLine(URI url, ListedTool tool) {
        return "curl -sS -w '\\n' " + url + JSON + " -H 'Accept: application/json, text/event-stream'" + SESSION
                + " -d " + quoted(McpClient.callBody("3", tool.name(), tool.exampleArguments()));
    }

    /** The tool to show: one that greets if there is one, else the one that wants the least. */
    static ListedTool example(List<ListedTool> tools) {
        return tools.stream()
                .filter(tool -> tool.name().endsWith("greet"))
                .findFirst()
                .orElseGet(() -> tools.stream()
                        .min(Comparator.comparingInt(
                                tool -> tool.exampleArguments().length()))
                        .orElseThrow());
    }

    private static String row(String tool, int toolWidth, String server, int serverWidth, String description) {
        return (padded(tool, toolWidth) + "  " + padded(server, serverWidth) + "  " + description).stripTrailing()
                + "\n";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static int width(List<String> cells, String heading) {
        return Math.max(
                heading.length(), cells.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String shortened(String text) {
        return text.length() <= DESCRIPTION_WIDTH ? text : text.substring(0, DESCRIPTION_WIDTH - 3) + "...";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
