package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.http.HttpHandler;
import io.mcpgateway.broker.oauth.OAuthMetadataEndpoint;
import io.mcpgateway.broker.oauth.OAuthSettings;
import io.mcpgateway.broker.registry.RegistryEndpoint;
import io.mcpgateway.broker.registry.RegistrySettings;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.status.HealthEndpoint;
import io.mcpgateway.broker.status.Readiness;
import io.mcpgateway.broker.status.StatusEndpoint;
import io.mcpgateway.broker.status.StatusPage;
import io.mcpgateway.broker.status.Trials;
import io.mcpgateway.broker.url.UrlTable;
import java.io.IOException;
import java.time.Clock;

/** Everything that the broker answers over HTTP, by path. */
public final class GatewayEndpoints implements HttpHandler {
    private static final String PATHS = McpEndpoint.PATH + " and below, " + StatusEndpoint.PATH + ", "
            + StatusEndpoint.PATH + "/<namespace>/<name>, " + StatusPage.PATH + "/, /health, /healthz, /readyz, "
            + OAuthMetadataEndpoint.PATH;

    private final McpEndpoint mcp;
    private final StatusEndpoint status;
    private final StatusPage page;
    private final HealthEndpoint health;
    private final OAuthMetadataEndpoint oauth;
    private final RegistryEndpoint registry;

    private GatewayEndpoints(
            McpEndpoint mcp,
            StatusEndpoint status,
            StatusPage page,
            HealthEndpoint health,
            OAuthMetadataEndpoint oauth,
            RegistryEndpoint registry) {
        this.mcp = mcp;
        this.status = status;
        this.page = page;
        this.health = health;
        this.oauth = oauth;
        this.registry = registry;
    }

    /**
     * The endpoints.
     *
     * @param trials for {@code /status} and its page
     */
    public static GatewayEndpoints of(
            McpSettings settings,
            McpServices services,
            OAuthSettings oauth,
            RegistrySettings registry,
            Readiness readiness,
            Trials trials) {
        SnapshotCell cell = services.cell();
        Clock clock = services.clock();
        return new GatewayEndpoints(
                new McpEndpoint(settings, services),
                new StatusEndpoint(cell, readiness, clock, settings.origins(), trials),
                new StatusPage(cell, settings.origins(), trials.page()),
                new HealthEndpoint(readiness),
                new OAuthMetadataEndpoint(oauth, () -> cell.get().table().urls()),
                new RegistryEndpoint(
                        registry,
                        () -> cell.get().config(),
                        () -> cell.get().table().urls()));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.path();
        switch (path) {
            case "/health", "/healthz" -> health.alive(exchange);
            case "/readyz" -> health.ready(exchange);
            default -> {
                if (UrlTable.isMcpPath(path)) {
                    mcp.handle(exchange);
                } else if (within(path, StatusEndpoint.PATH)) {
                    status.handle(exchange);
                } else if (within(path, StatusPage.PATH)) {
                    page.handle(exchange);
                } else if (within(path, OAuthMetadataEndpoint.PATH)) {
                    oauth.handle(exchange);
                } else if (registry.serves(path)) {
                    registry.handle(exchange);
                } else {
                    exchange.answer(HttpAnswer.text(404, "not found; this gateway answers on " + PATHS));
                }
            }
        }
    }

    private static boolean within(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
