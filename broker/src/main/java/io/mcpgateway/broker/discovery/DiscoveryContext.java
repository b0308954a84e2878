package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What every loop uses.
 *
 * @param chance numbers from 0 to 1 that spread retries
 * @param reports where reports go; may block, must not throw
 * @param renewed called for a server that had to be initialized again; must not throw
 */
public record DiscoveryContext(
        McpHttpClient client,
        HttpLimits limits,
        DiscoveryTiming timing,
        InstantSource clock,
        DoubleSupplier chance,
        GatewayMetrics metrics,
        Consumer<ServerReport> reports,
        Consumer<ServerName> renewed) {}
