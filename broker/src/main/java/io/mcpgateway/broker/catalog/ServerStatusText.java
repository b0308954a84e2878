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

    public ServerStatusText {
        Objects.requireNonNull(message, "message");
    }

    /** Of a server's report and the names that it lost to others. */
    public static ServerStatusText of(ServerReport report, List<Conflict> conflicts) {
        int served = report.tools().size() - conflicts.size();
        return switch (report.phase()) {
            case CONNECTING, FAILED -> new ServerStatusText(false, served, report.message());
            case READY ->
                conflicts.isEmpty()
                        ? new ServerStatusText(true, served, added(report, served))
                        : new ServerStatusText(false, served, conflicting(report, conflicts, served));
        };
    }

    private static String added(ServerReport report, int served) {
        return "server added successfully. Total tools added " + served + notServed(report) + note(report);
    }

    private static String conflicting(ServerReport report, List<Conflict> conflicts, int served) {
        String names = some(conflicts.stream()
                .map(conflict -> conflict.servedName() + " is already served by " + conflict.keptBy())
                .toList());
        return "conflicting tools discovered: " + names + "; not served for " + report.server() + ". Total tools added "
                + served + notServed(report) + note(report);
    }

    private static String notServed(ServerReport report) {
        if (report.invalidTools().isEmpty()) {
            return "";
        }
        return ", " + report.invalidTools().size() + " not served: "
                + some(report.invalidTools().stream()
                        .map(tool -> tool.name() + " (" + tool.reason() + ")")
                        .toList());
    }

    private static String note(ServerReport report) {
        return report.message().isEmpty() ? "" : "; " + report.message();
    }

    private static String some(List<String> parts) {
        String shown = parts.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return parts.size() <= MAX_NAMED ? shown : shown + " and " + (parts.size() - MAX_NAMED) + " more";
    }
}
