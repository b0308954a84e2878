package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.ToolCatalog.Conflict;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What {@code /status} says of one server.
 *
 * @param ready whether everything that the server offers is served, as far as it is valid
 * @param totalTools how many of its tools are served
 * @param message one sentence or two for a human
 */
public record ServerStatusText(boolean ready, int totalTools, String message) {
    private static final int MAX_NAMED = 5;
    private static final String ADDED = "server added successfully. Total tools added ";

    public ServerStatusText {
        Objects.requireNonNull(message, "message");
    }

    /** Of a server's report and the names that it lost to others. */
    public static ServerStatusText of(ServerReport report, List<Conflict> conflicts) {
        int served = report.tools().size() - conflicts.size();
        boolean ready = report.phase() == ServerReport.Phase.READY && conflicts.isEmpty();
        String message = conflicts.isEmpty() ? report.message() : conflicting(report, conflicts, served);
        return new ServerStatusText(ready, served, message);
    }

    /** The message of a report about a server whose tools are known. */
    public static String added(ServerTools tools) {
        String added = ADDED + tools.tools().size();
        if (tools.invalid().isEmpty()) {
            return added;
        }
        List<String> invalid = tools.invalid().stream()
                .map(tool -> tool.name() + " (" + tool.reason() + ")")
                .toList();
        return added + ", " + invalid.size() + " not served: " + some(invalid);
    }

    private static String conflicting(ServerReport report, List<Conflict> conflicts, int served) {
        String names = some(conflicts.stream()
                .map(conflict -> conflict.servedName() + " is already served by " + conflict.keptBy())
                .toList());
        String text = "conflicting tools discovered: " + names + ". " + report.server() + " serves " + served
                + " of its " + report.tools().size() + " tools; give it another toolPrefix";
        boolean plain =
                report.message().startsWith(ADDED) && report.invalidTools().isEmpty();
        return plain ? text : text + ". The server itself: " + report.message();
    }

    private static String some(List<String> parts) {
        String shown = parts.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return parts.size() <= MAX_NAMED ? shown : shown + " and " + (parts.size() - MAX_NAMED) + " more";
    }
}
