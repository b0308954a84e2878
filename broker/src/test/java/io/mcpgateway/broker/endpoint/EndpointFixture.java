package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.VirtualServer;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import io.mcpgateway.broker.authorization.trusted.SignedHeaders;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.catalog.PageRequest;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerStatusText;
import io.mcpgateway.broker.dispatch.CallRehearsal;
import io.mcpgateway.broker.endpoint.streams.ClientStreams;
import io.mcpgateway.broker.endpoint.streams.ListChangedPublisher;
import io.mcpgateway.broker.era.ServerEras;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.http.RawClient;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.ListPage;
import io.mcpgateway.broker.listing.ListParser;
import io.mcpgateway.broker.listing.Listing;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import io.mcpgateway.broker.oauth.OAuthSettings;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.registry.RegistrySettings;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.status.PageCalls;
import io.mcpgateway.broker.status.Readiness;
import io.mcpgateway.broker.status.Trials;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.broker.url.PublicUrls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The whole HTTP side on a free port of 127.0.0.1, with the real core behind it. */
public final class EndpointFixture implements AutoCloseable {
    private static final RegistrySettings REGISTRY = new RegistrySettings(
            true,
            "1.2.3",
            "mcp.example.com",
            new PublicUrls(Optional.empty(), "https://mcp.example.com/mcp", Set.of("mcp.example.com", "127.0.0.1")));
    public static final ServerName ONE = new ServerName("ns/one");
    public static final ServerName TWO = new ServerName("ns/two");
    public static final String PAGE = "https://app.example.com";
    public static final Duration SESSION_LENGTH = Duration.ofHours(24);
    public static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}";

    static final RequestStates STATES = RequestStates.withKey(new byte[32]);

    public final MutableClock clock = new MutableClock();
    public final SnapshotCell cell = new SnapshotCell();
    public static final int MAX_MESSAGES = 3;

    public final Readiness readiness = new Readiness();
    public final ClientStreams streams;
    public final SessionStore store = new InMemorySessionStore(100, clock);
    public final SessionTokens tokens =
            SessionTokens.withKey("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    public final RecordingLink backends = new RecordingLink();
    final RecordingSubscriptions subscriptions = new RecordingSubscriptions();
    public final ListChangedPublisher publisher;
    public final HttpListener listener;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong ids = new AtomicLong();

    public EndpointFixture(Duration heartbeat, int maxStreams) {
        this(heartbeat, maxStreams, new AuthorizationSettings(Optional.of(SignedHeaders.publicKey()), false, false));
    }

    EndpointFixture(Duration heartbeat, int maxStreams, AuthorizationSettings authorization) {
        this(heartbeat, maxStreams, authorization, 2);
    }

    /** @param pageSize of the lists */
    EndpointFixture(Duration heartbeat, int maxStreams, AuthorizationSettings authorization, int pageSize) {
        ClientStreams.Limits limits = new ClientStreams.Limits(maxStreams, 4, 2);
        streams = new ClientStreams(limits);
        publisher = ListChangedPublisher.start(cell, streams, heartbeat);
        McpSettings settings = new McpSettings(
                "1.2.3",
                SESSION_LENGTH,
                heartbeat,
                limits,
                MAX_MESSAGES,
                true,
                OriginRule.of("mcp.example.com", false, List.of(PAGE)));
        McpServices services = new McpServices(
                tokens,
                store,
                cell,
                (kind, after, view) -> cell.get().lists().result(new PageRequest(kind, after, pageSize), view),
                streams,
                new TrustedHeaders(authorization),
                STATES,
                () -> new UUID(0x4000L, ids.incrementAndGet()),
                clock,
                new GatewayMetrics(new SimpleMeterRegistry()),
                backends,
                subscriptions,
                new NoBridge(),
                new NoModernBridge());
        OAuthSettings oauth = new OAuthSettings(
                "MCP Server",
                Optional.empty(),
                "https://mcp.example.com/mcp",
                Set.of("mcp.example.com", "127.0.0.1"),
                List.of("http://a", "http://b"),
                List.of("header"),
                List.of("basic", "groups"));
        listener = HttpListener.start(
                new HttpListener.Settings("127.0.0.1", 0, 1_000_000, 1000, Duration.ofSeconds(2)),
                GatewayEndpoints.of(
                        settings,
                        services,
                        oauth,
                        REGISTRY,
                        readiness,
                        new Trials(
                                new CallRehearsal(
                                                cell,
                                                new Router(
                                                        "mcp.example.com",
                                                        1_000_000,
                                                        ServerRequestIds.withKey(new byte[32])))::of,
                                server -> Optional.of(new ServerReach(server, ServerReach.REACHED, "", 1))
                                        .filter(_ -> server.equals("ns/reachable")),
                                PageCalls.NONE)));
        configure();
    }

    @Override
    public void close() {
        streams.closeAll();
        publisher.close();
        listener.close();
        client.close();
    }

    int port() {
        return listener.port();
    }

    /** Server ns/one with prefix {@code s1_}, ns/two without, ns/off disabled; a virtual server with one tool. */
    void configure() {
        configure(List.of(new VirtualServer("ns/vs", List.of("s1_alpha"))));
    }

    public void configure(List<VirtualServer> virtualServers) {
        configure(virtualServers, List.of());
    }

    /** @param protocolVersions that the gateway allows; if empty, all */
    void configure(List<VirtualServer> virtualServers, List<String> protocolVersions) {
        McpServer off = new McpServer(
                new ServerName("ns/off"),
                URI.create("http://off.internal:8080/mcp"),
                "off.mcp.local",
                "off_",
                Optional.empty(),
                McpServer.State.DISABLED);
        cell.update(snapshot -> snapshot.withConfig(
                new BrokerConfig(
                        List.of(server(ONE, "one", "s1_"), server(TWO, "two", ""), off),
                        virtualServers,
                        Optional.empty(),
                        protocolVersions),
                "c0ffee"));
    }

    public void report(ServerName server, String... tools) {
        report(server, Set.of(Capability.TOOLS), listings(CapabilityKind.TOOL, tools));
    }

    /** A server with one tool, and what it says about its use. */
    void say(ServerName server, String tool, String instructions) {
        report(
                server,
                new ServerReport.Agreed(
                        "2025-06-18", new ServerCapabilities(Set.of(Capability.TOOLS)), Instructions.of(instructions)),
                listings(CapabilityKind.TOOL, tool));
    }

    void report(ServerName server, Set<Capability> capabilities, Listings listings) {
        report(
                server,
                new ServerReport.Agreed("2025-06-18", new ServerCapabilities(capabilities), Instructions.NONE),
                listings);
    }

    /** The same of a server that speaks a modern revision, with tools only. */
    void reportModern(ServerName server, String... tools) {
        report(server, modern(Set.of(Capability.TOOLS), Instructions.NONE), listings(CapabilityKind.TOOL, tools));
    }

    /** What a server says of itself that speaks a modern revision and no legacy one. */
    static ServerReport.Agreed modern(Set<Capability> capabilities, Instructions instructions) {
        String version = ProtocolVersions.MODERN.getLast();
        return new ServerReport.Agreed(
                version, ServerEras.modern(version), new ServerCapabilities(capabilities), instructions);
    }

    void report(ServerName server, ServerReport.Agreed agreed, Listings listings) {
        cell.update(snapshot -> snapshot.withReport(new ServerReport(
                server,
                ServerReport.Phase.READY,
                ServerStatusText.added(listings),
                Optional.of(agreed),
                listings,
                Optional.of(clock.instant()))));
    }

    /** One list with these names or URIs. */
    static Listings listings(CapabilityKind kind, String... keys) {
        String json = Stream.of(keys)
                .map(key -> (kind.prefixed() ? "{\"" : "{\"name\":\"n\",\"") + kind.keyMember() + "\":\"" + key
                        + "\",\"inputSchema\":{\"type\":\"object\"}}")
                .collect(Collectors.joining(",", "{\"" + kind.listMember() + "\":[", "]}"));
        ListPage.Items page = (ListPage.Items) ListParser.parse(kind, RawJson.of(json));
        return Listings.NONE.with(kind, Listing.join(kind, List.of(page)));
    }

    String initialize(String... headers) throws IOException, InterruptedException {
        HttpResponse<String> response = post(INITIALIZE, headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        return postTo("/mcp", body, headers);
    }

    HttpResponse<String> postTo(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body));
        if (!List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        return client.send(
                request(path, headers)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** A stream of this session, its head read already. */
    RawClient stream(String token, String... headerLines) throws IOException {
        RawClient stream = new RawClient(port());
        stream.send("GET /mcp HTTP/1.1\nHost: h\nAccept: text/event-stream\nMcp-Session-Id: " + token + "\n"
                + String.join("", headerLines) + "\n");
        return stream;
    }

    public static String golden(String name) throws IOException {
        try (InputStream file = EndpointFixture.class.getResourceAsStream("/golden/endpoint/" + name)) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private static McpServer server(ServerName name, String host, String prefix) {
        return new McpServer(
                name,
                URI.create("http://" + host + ".internal:8080/mcp"),
                host + ".mcp.local",
                prefix,
                Optional.empty(),
                McpServer.State.ENABLED);
    }
}
