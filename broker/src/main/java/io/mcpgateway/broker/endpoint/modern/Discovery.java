package io.mcpgateway.broker.endpoint.modern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.MergedInstructions;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.endpoint.answers.AdvertisedCapabilities;
import io.mcpgateway.broker.endpoint.answers.AdvertisedExtensions;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.util.List;
import java.util.Set;

/**
 * {@code server/discover} (MCP 2026-07-28, "Discovery"), answered from what is known of the servers that the view
 * shows. Clients may go on with any of the revisions that are allowed there, legacy ones included. Pure.
 */
final class Discovery {
    private Discovery() {}

    /** @param instructions whether to tell the servers' instructions */
    static RawJson result(ModernView view, boolean instructions) {
        GatewaySnapshot snapshot = view.snapshot();
        Set<ServerName> shown = view.view().servers();
        List<ServerReport> reports = snapshot.reports().values().stream()
                .filter(report -> shown.contains(report.server()))
                .toList();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        snapshot.table()
                .revisions(view.view())
                .newestFirst()
                .forEach(result.putArray("supportedVersions")::add);
        result.set(
                "capabilities",
                AdvertisedCapabilities.of(
                        reports,
                        AdvertisedExtensions.toModern(snapshot.config().servers(), snapshot.reports(), () -> shown)));
        if (instructions) {
            MergedInstructions.of(snapshot.config().servers(), snapshot.reports(), () -> shown)
                    .ifPresent(text -> result.put("instructions", text));
        }
        return RawJson.of(result.toString());
    }
}
