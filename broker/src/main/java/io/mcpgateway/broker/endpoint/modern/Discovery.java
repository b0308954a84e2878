package io.mcpgateway.broker.endpoint.modern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.MergedInstructions;
import io.mcpgateway.broker.endpoint.answers.AdvertisedCapabilities;
import io.mcpgateway.broker.endpoint.answers.AdvertisedExtensions;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import java.util.List;

/**
 * {@code server/discover} (MCP 2026-07-28, "Discovery"), answered from what is known of the servers that the view
 * shows. Clients may go on with any of the revisions that are allowed there, legacy ones included. Pure.
 */
final class Discovery {
    private Discovery() {}

    /** @param instructions whether to tell the servers' instructions */
    static RawJson result(ModernView view, boolean instructions) {
        GatewaySnapshot snapshot = view.snapshot();
        CapabilityView seen = view.view();
        List<McpServer> servers = snapshot.config().servers();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        snapshot.table().revisions(seen).newestFirst().forEach(result.putArray("supportedVersions")::add);
        result.set(
                "capabilities",
                AdvertisedCapabilities.ofNow(
                        seen,
                        snapshot.reports(),
                        AdvertisedExtensions.toModern(servers, snapshot.reports(), seen::servers)));
        if (instructions) {
            MergedInstructions.of(servers, snapshot.reports(), seen)
                    .ifPresent(text -> result.put("instructions", text));
        }
        return RawJson.of(result.toString());
    }
}
