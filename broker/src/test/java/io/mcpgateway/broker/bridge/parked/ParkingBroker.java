package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.UpstreamAuthorization;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.bridge.pool.PoolLimits;
import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.client.FakeMcpServer;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.hairpin.HairpinSettings;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.limits.CallLimits;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.limits.ParkedCalls;
import io.mcpgateway.broker.limits.ParkedLimits;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.mcp.JsonRpcParser;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.mcpgateway.broker.url.Chosen;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of a broker that makes calls to legacy servers, behind a listener of its own, with one server in its list. */
final class ParkingBroker implements AutoCloseable {
    private static final ServerName ONE = new ServerName("demo/one");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_BODY_BYTES = 1_000_000;
    /** Long enough for what a server asks at once to arrive on a busy machine. */
    private static final Duration COLLECTING = Duration.ofMillis(250);

    /** An answer that takes twice as long becomes a stream, which no test wants on a busy machine. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    static final ParkedLimits LIMITS = new ParkedLimits(2, 3, 0);

    /** Servers that seem to speak another revision now. */
    final List<ServerName> doubted = new CopyOnWriteArrayList<>();

    final MeterRegistry registry = new SimpleMeterRegistry();
    private final BridgeMetrics metrics = new BridgeMetrics(registry);
    private final SnapshotCell cell = new SnapshotCell();
    private final McpHttpClient client = new McpHttpClient();
    private final HttpListener listener;
    final SessionPool pool;
    final ServerAccess access;
    final ParkedCalls places;
    final LegacyServerCalls calls;

    ParkingBroker(FakeMcpServer server, InstantSource clock) throws IOException {
        this(server, clock, LIMITS, COLLECTING, AnonymousSessions.PER_CALL);
    }

    ParkingBroker(FakeMcpServer server, InstantSource clock, AnonymousSessions anonymous) throws IOException {
        this(server, clock, LIMITS, COLLECTING, anonymous);
    }

    ParkingBroker(FakeMcpServer server, InstantSource clock, ParkedLimits limits, Duration collecting)
            throws IOException {
        this(server, clock, limits, collecting, AnonymousSessions.PER_CALL);
    }

    private ParkingBroker(
            FakeMcpServer server,
            InstantSource clock,
            ParkedLimits limits,
            Duration collecting,
            AnonymousSessions anonymous)
            throws IOException {
        places = new ParkedCalls(limits);
        McpServer one = new McpServer(
                ONE,
                server.url(),
                "one.mcp.local",
                "one_",
                Optional.empty(),
                UpstreamAuthorization.FORWARD,
                Optional.empty(),
                Optional.empty(),
                anonymous,
                McpServer.State.ENABLED);
        cell.update(snapshot -> snapshot.withConfig(new BrokerConfig(List.of(one), List.of()), "c0ffee"));
        cell.update(snapshot -> snapshot.withReport(report(clock)));
        pool = new SessionPool(PoolLimits.DEFAULT, () -> UUID.randomUUID().toString(), clock, metrics);
        access = new ServerAccess(
                client,
                HairpinSettings.of(URI.create("http://127.0.0.1:" + server.port()), "127.0.0.1"),
                RouterTokens.withKey(KEY),
                () -> UUID.randomUUID().toString(),
                () -> cell.get().table(),
                clock);
        calls = LegacyServerCalls.unswept(new LegacyServerCalls.Parts(
                access,
                pool,
                new CallsUnderWay(new CallLimits(0, 0)),
                places,
                RequestStates.withKey(KEY),
                () -> UUID.randomUUID().toString(),
                () -> Optional.of(new Address("127.0.0.1", port())),
                RawJson.of("{\"name\":\"MCP Gateway\",\"version\":\"1.2.3\"}"),
                new ParkedSettings(
                        LegacyServerPath.PATIENCE,
                        collecting,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        HEARTBEAT),
                metrics,
                doubted::add));
        listener = HttpListener.start(
                new HttpListener.Settings("127.0.0.1", 0, MAX_BODY_BYTES, 1000, Duration.ofSeconds(2)), this::handle);
    }

    private void handle(HttpExchange exchange) throws IOException, InterruptedException {
        RawJson body = exchange.body();
        JsonRpcMessage.Request request = (JsonRpcMessage.Request) JsonRpcParser.parse(body);
        calls.call(
                exchange,
                ViewRequest.ofNewSession(new Chosen.Nothing(), exchange.headers(), Authorization.EVERYTHING),
                request,
                body);
    }

    ServerRoute server() {
        return Objects.requireNonNull(cell.get().table().servers().get(ONE));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port() + "/mcp");
    }

    private int port() {
        return listener.port();
    }

    @Override
    public void close() {
        calls.close();
        listener.close();
        client.close();
    }

    private static ServerReport report(InstantSource clock) {
        ServerReport.Agreed agreed = new ServerReport.Agreed(
                "2025-11-25",
                ServerEras.legacy("2025-11-25", true),
                new ServerCapabilities(EnumSet.of(Capability.TOOLS, Capability.RESOURCES, Capability.LOGGING)),
                Instructions.NONE);
        Listings listings = Listings.NONE
                .with(
                        CapabilityKind.TOOL,
                        listing(CapabilityKind.TOOL, "{\"tools\":[" + FakeMcpServer.tool("deploy") + "]}"))
                .with(
                        CapabilityKind.RESOURCE,
                        listing(CapabilityKind.RESOURCE, "{\"resources\":[{\"uri\":\"file:///a\",\"name\":\"a\"}]}"));
        return new ServerReport(
                ONE, ServerReport.Phase.READY, "ready", Optional.of(agreed), listings, Optional.of(clock.instant()));
    }

    private static Listing listing(CapabilityKind kind, String json) {
        return Listing.join(kind, List.of((ListPage.Items) ListParser.parse(kind, RawJson.of(json))));
    }
}
