package io.mcpgateway.broker.endpoint.answers;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.mcp.extension.Extensions;
import io.mcpgateway.broker.mcp.extension.MergedExtensions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The extensions that the gateway declares: those of the servers that the client sees, because their tools, prompts and
 * resources pass unchanged. Pure.
 */
public final class AdvertisedExtensions {
    private AdvertisedExtensions() {}

    /**
     * What a legacy client is told.
     *
     * @param servers in the order in which they count where they differ in how they write the same
     * @param shown finds the servers of which the client sees something; not called if none has an extension
     */
    public static Extensions toLegacy(
            List<McpServer> servers, Map<ServerName, ServerReport> reports, Supplier<Set<ServerName>> shown) {
        return of(servers, reports, shown, AdvertisedExtensions::withoutTasks);
    }

    /** The same, and tasks, which only exist between a modern client and a modern server. */
    public static Extensions toModern(
            List<McpServer> servers, Map<ServerName, ServerReport> reports, Supplier<Set<ServerName>> shown) {
        return of(
                servers,
                reports,
                shown,
                report -> report.eras().tasks() ? report.capabilities().extensions() : withoutTasks(report));
    }

    private static Extensions of(
            List<McpServer> servers,
            Map<ServerName, ServerReport> reports,
            Supplier<Set<ServerName>> shown,
            Function<ServerReport, Extensions> extensions) {
        List<ServerReport> declaring = servers.stream()
                .map(server -> reports.get(server.name()))
                .filter(Objects::nonNull)
                .filter(report -> !extensions.apply(report).isEmpty())
                .toList();
        if (declaring.isEmpty()) {
            return Extensions.NONE;
        }
        Set<ServerName> seen = shown.get();
        return MergedExtensions.of(declaring.stream()
                .filter(report -> seen.contains(report.server()))
                .map(extensions)
                .toList());
    }

    private static Extensions withoutTasks(ServerReport report) {
        return report.capabilities().extensions().only(name -> !name.equals(McpExtensions.TASKS));
    }
}
