package io.mcpgateway.broker.bridge;

import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.UpstreamAuthorization;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.bridge.parked.LegacyServerCalls;
import io.mcpgateway.broker.bridge.parked.ParkedSettings;
import io.mcpgateway.broker.bridge.pool.PoolLimits;
import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.catalog.CapabilityLists;
import io.mcpgateway.broker.catalog.PageRequest;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.dispatch.CallRehearsal;
import io.mcpgateway.broker.dispatch.LimitedDispatcher;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.dispatch.SnapshotDispatcher;
import io.mcpgateway.broker.dispatch.UsedTokens;
import io.mcpgateway.broker.embedded.EmbeddedGateway;
import io.mcpgateway.broker.embedded.EmbeddedSettings;
import io.mcpgateway.broker.endpoint.GatewayEndpoints;
import io.mcpgateway.broker.endpoint.McpServices;
import io.mcpgateway.broker.endpoint.McpSettings;
import io.mcpgateway.broker.endpoint.streams.ClientStreams;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.hairpin.HairpinLink;
import io.mcpgateway.broker.hairpin.HairpinSessions;
import io.mcpgateway.broker.hairpin.HairpinSettings;
import io.mcpgateway.broker.hairpin.HairpinSubscriptions;
import io.mcpgateway.broker.hairpin.ReachTrial;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.hairpin.ServerStreams;
import io.mcpgateway.broker.http.HttpHandler;
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
import io.mcpgateway.broker.mcp.ServerCapabilities;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.oauth.OAuthSettings;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.registry.RegistrySettings;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.mail.ReplyMailbox;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.status.PageCalls;
import io.mcpgateway.broker.status.Readiness;
import io.mcpgateway.broker.status.Trials;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.broker.url.PublicUrls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A broker with the built-in gateway in front, all of it real, that has found one server: {@code demo/one} with prefix
 * {@code one_}. Replicas share a store and a mailbox.
 */
final class TestReplica implements AutoCloseable {
    private static final ServerName ONE = new ServerName("demo/one");
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_BODY_BYTES = 1_000_000;
    private static final int MAX_CALLS = 4;
    static final Duration HEARTBEAT = Duration.ofMillis(500);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** Servers that seem to speak another revision now. */
    final List<ServerName> doubted = new CopyOnWriteArrayList<>();

    final SnapshotCell cell = new SnapshotCell();
    private final McpHttpClient client = new McpHttpClient();
    private final BridgedCalls bridge;
    private final LegacyServerCalls legacyServers;
    private final HttpListener broker;
    private final EmbeddedGateway gateway;

    TestReplica(URI server, Optional<Duration> callTimeout, SessionStore store, ReplyMailbox mailbox)
            throws IOException {
        this(server, callTimeout, UpstreamAuthorization.NONE, store, mailbox);
    }

    TestReplica(
            URI server,
            Optional<Duration> callTimeout,
            UpstreamAuthorization authorization,
            SessionStore store,
            ReplyMailbox mailbox)
            throws IOException {
        this(server, ServerEras.modern("2026-07-28"), callTimeout, authorization, store, mailbox);
    }

    /** @param eras what the server speaks */
    TestReplica(
            URI server,
            ServerEras eras,
            Optional<Duration> callTimeout,
            UpstreamAuthorization authorization,
            SessionStore store,
            ReplyMailbox mailbox)
            throws IOException {
        McpServer one = new McpServer(
                ONE,
                server,
                "one.mcp.local",
                "one_",
                Optional.empty(),
                authorization,
                Optional.empty(),
                callTimeout,
                AnonymousSessions.PER_CALL,
                McpServer.State.ENABLED);
        VirtualServer other = new VirtualServer("demo/other", List.of("one_other"));
        cell.update(snapshot -> snapshot.withConfig(new BrokerConfig(List.of(one), List.of(other)), "c0ffee"));
        cell.update(snapshot -> snapshot.withReport(report(eras)));
        int port = freePort();
        GatewayMetrics metrics = new GatewayMetrics(meters);
        BridgeMetrics bridgeMetrics = new BridgeMetrics(meters);
        OriginRule origins = OriginRule.of("127.0.0.1", true, List.of());
        TrustedHeaders trusted = new TrustedHeaders(AuthorizationSettings.NONE);
        SessionTokens tokens = SessionTokens.withKey(KEY);
        RouterTokens routerTokens = RouterTokens.withKey(KEY);
        ServerRequestIds ids = ServerRequestIds.withKey(KEY);
        CallsUnderWay calls = new CallsUnderWay(new CallLimits(MAX_CALLS, 0));
        ServerAccess access = new ServerAccess(
                client,
                HairpinSettings.of(URI.create("http://127.0.0.1:" + port), "127.0.0.1"),
                routerTokens,
                () -> UUID.randomUUID().toString(),
                () -> cell.get().table(),
                Clock.systemUTC());
        HairpinSubscriptions subscriptions = new HairpinSubscriptions(access);
        ServerStreams streams = new ServerStreams(access, store, ids, subscriptions);
        bridge = BridgedCalls.start(
                new BridgedCalls.Settings(
                        access,
                        streams,
                        ids,
                        store,
                        mailbox,
                        calls,
                        "1.2.3",
                        name -> cell.get().declares(name, Capability.LOGGING),
                        HEARTBEAT,
                        bridgeMetrics,
                        doubted::add),
                Duration.ofSeconds(5));
        legacyServers = LegacyServerCalls.start(new LegacyServerCalls.Parts(
                access,
                new SessionPool(PoolLimits.DEFAULT, () -> UUID.randomUUID().toString(), access.clock(), bridgeMetrics),
                calls,
                new ParkedCalls(ParkedLimits.DEFAULT),
                RequestStates.withKey(KEY),
                () -> UUID.randomUUID().toString(),
                Optional::empty,
                RawJson.of("{\"name\":\"MCP Gateway\",\"version\":\"1.2.3\"}"),
                ParkedSettings.of(Duration.ofMinutes(5), HEARTBEAT),
                bridgeMetrics,
                doubted::add));
        McpServices services = new McpServices(
                tokens,
                store,
                cell,
                (kind, after, view) -> CapabilityLists.empty().result(new PageRequest(kind, after, 100), view),
                new ClientStreams(new ClientStreams.Limits(10, 4, 4)),
                trusted,
                RequestStates.withKey(new byte[32]),
                UUID::randomUUID,
                Clock.systemUTC(),
                metrics,
                new HairpinLink(access, store, streams),
                subscriptions,
                bridge,
                legacyServers);
        broker = HttpListener.start(
                new HttpListener.Settings("127.0.0.1", 0, MAX_BODY_BYTES, 1000, Duration.ofSeconds(2)),
                GatewayEndpoints.of(
                        McpSettings.of("1.2.3", Duration.ofHours(1), MAX_CALLS, true, origins),
                        services,
                        oauth(),
                        registry(),
                        new Readiness(),
                        new Trials(
                                new CallRehearsal(cell, new Router("127.0.0.1", MAX_BODY_BYTES, origins, ids))::of,
                                new ReachTrial(access)::of,
                                new PageCalls(false, this::answering))));
        SessionDoubts doubts = new SessionDoubts(10);
        SnapshotDispatcher dispatcher = new SnapshotDispatcher(new SnapshotDispatcher.Parts(
                cell,
                new Router("127.0.0.1", MAX_BODY_BYTES, origins, ids),
                tokens,
                routerTokens,
                new UsedTokens(1000),
                trusted,
                store,
                new HairpinSessions(access, store, doubts, streams, metrics),
                doubts,
                metrics,
                RequestStates.withKey(KEY),
                Clock.systemUTC()));
        gateway = EmbeddedGateway.start(
                EmbeddedSettings.of(
                        new HttpListener.Settings("127.0.0.1", port, MAX_BODY_BYTES, 1000, Duration.ofSeconds(2)),
                        URI.create("http://127.0.0.1:" + broker.port()),
                        origins,
                        AddressRule.STRICT),
                new LimitedDispatcher(dispatcher, calls, LimitedDispatcher.Span.WHOLE_CALL, metrics),
                () -> cell.get().table());
    }

    private Optional<HttpHandler> answering() {
        return Optional.of(gateway.handler());
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + gateway.port() + "/mcp");
    }

    /** Without the router in front. */
    URI brokerUrl() {
        return URI.create("http://127.0.0.1:" + broker.port() + "/mcp");
    }

    @Override
    public void close() {
        bridge.close();
        legacyServers.close();
        gateway.close();
        broker.close();
        client.close();
    }

    private static ServerReport report(ServerEras eras) {
        ServerReport.Agreed agreed = new ServerReport.Agreed(
                eras.legacy().map(ServerEras.LegacyLeg::protocolVersion).orElse("2026-07-28"),
                eras,
                new ServerCapabilities(EnumSet.of(Capability.TOOLS, Capability.RESOURCES, Capability.LOGGING)),
                Instructions.NONE);
        Listings listings = Listings.NONE
                .with(CapabilityKind.TOOL, listing(CapabilityKind.TOOL, "{\"tools\":[" + tool("deploy") + "]}"))
                .with(
                        CapabilityKind.RESOURCE,
                        listing(CapabilityKind.RESOURCE, "{\"resources\":[{\"uri\":\"file:///a\",\"name\":\"a\"}]}"));
        return new ServerReport(
                ONE,
                ServerReport.Phase.READY,
                "ready",
                Optional.of(agreed),
                listings,
                Optional.of(Clock.systemUTC().instant()));
    }

    private static String tool(String name) {
        return "{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"}}";
    }

    private static Listing listing(CapabilityKind kind, String json) {
        return Listing.join(kind, List.of((ListPage.Items) ListParser.parse(kind, RawJson.of(json))));
    }

    private static OAuthSettings oauth() {
        return new OAuthSettings(
                "MCP", Optional.empty(), "http://127.0.0.1/mcp", Set.of("127.0.0.1"), List.of(), List.of(), List.of());
    }

    private static RegistrySettings registry() {
        return new RegistrySettings(
                false, "1", "127.0.0.1", new PublicUrls(Optional.empty(), "http://127.0.0.1/mcp", Set.of()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
