package io.mcpgateway.e2e.demo;

import io.mcpgateway.e2e.client.McpClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the demo prints once the tools are listed. */
final class DemoText {
    private static final int DESCRIPTION_WIDTH = 60;
    private static final int MOST_ROWS_OF_A_SERVER = 40;
    private static final Pattern HARMLESS = Pattern.compile("(greet|echo|hello)$");
    private static final String JSON = " -H 'Content-Type: application/json'";
    private static final String SESSION = " -H \"Mcp-Session-Id: $SESSION\"";

    private DemoText() {}

    /** A heading and one line per tool, with aligned columns; for a server with very many tools, only some. */
    static String table(List<ListedTool> all) {
        Map<String, Integer> counts = new TreeMap<>();
        List<ListedTool> tools = all.stream()
                .filter(tool -> counts.merge(tool.server(), 1, Integer::sum) <= MOST_ROWS_OF_A_SERVER)
                .toList();
        int name = width(tools.stream().map(ListedTool::name).toList(), "TOOL");
        int server = width(tools.stream().map(ListedTool::server).toList(), "SERVER");
        StringBuilder table = new StringBuilder(row("TOOL", name, "SERVER", server, "DESCRIPTION"));
        tools.forEach(
                tool -> table.append(row(tool.name(), name, tool.server(), server, shortened(tool.description()))));
        counts.forEach((owner, count) -> {
            if (count > MOST_ROWS_OF_A_SERVER) {
                table.append(row("... " + (count - MOST_ROWS_OF_A_SERVER) + " more", name, owner, server, ""));
            }
        });
        return table.toString();
    }

    /** The commands to copy, with blank lines between them. */
    static List<String> examples(URI url, ListedTool tool) {
        List<String> lines = new ArrayList<>(List.of("", "Copy and paste, one after the other:", ""));
        lines.addAll(List.of(initializeLine(url), "", listLine(url), ""));
        if (!tool.readOnly()) {
            lines.add("(" + tool.name() + " is not marked as read-only; check what it does first.)");
        }
        lines.addAll(List.of(callLine(url, tool), ""));
        return lines;
    }

    /** Opens a session: shows the response with its headers and stores the session ID in {@code SESSION}. */
    static String initializeLine(URI url) {
        return "SESSION=$(curl -sS -w '\\n' -D - " + url + JSON + " -d " + quoted(McpClient.initialize("curl"))
                + " | tee -a /dev/stderr | tr -d '\\r' | awk 'tolower($1) == \"mcp-session-id:\" {print $2}')";
    }

    static String listLine(URI url) {
        return "curl -sS -w '\\n' " + url + JSON + SESSION + " -d " + quoted(McpClient.listBody("2", Optional.empty()));
    }

    /** Calls a tool. Servers may answer in either form, so both are accepted, as the MCP specification asks. */
    static String callLine(URI url, ListedTool tool) {
        return "curl -sS -w '\\n' " + url + JSON + " -H 'Accept: application/json, text/event-stream'" + SESSION
                + " -d " + quoted(McpClient.callBody("3", tool.name(), tool.exampleArguments()));
    }

    /** How to find out what is broken in this demo; its ports are others each time. */
    static String doctorLine(Path config, URI broker, URI url) {
        return "If something is broken: scripts/kubectl-mcp doctor --config %s --broker-url %s --gateway-url %s"
                        .formatted(quoted(config.toString()), broker, url)
                + "   (after scripts/build.sh)";
    }

    /**
     * The tool for the example: a read-only one, if there is any; among those, one that greets or echoes, otherwise one
     * with arguments, otherwise any.
     */
    static Optional<ListedTool> example(List<ListedTool> tools) {
        return tools.stream()
                .min(Comparator.comparing((ListedTool tool) -> !tool.readOnly())
                        .thenComparing(tool -> !HARMLESS.matcher(tool.name()).find())
                        .thenComparing(tool -> tool.exampleArguments().equals("{}"))
                        .thenComparingInt(tool -> tool.exampleArguments().length()));
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
