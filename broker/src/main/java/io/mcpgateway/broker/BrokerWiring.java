package io.mcpgateway.broker;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.PageRequest;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.config.ConfigApplier;
import io.mcpgateway.broker.config.ConfigFileWatcher;
import io.mcpgateway.broker.config.SecretConfigSource;
import io.mcpgateway.broker.discovery.DiscoveryContext;
import io.mcpgateway.broker.discovery.DiscoverySupervisor;
import io.mcpgateway.broker.discovery.DiscoveryTiming;
import io.mcpgateway.broker.dispatch.LimitedDispatcher;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.dispatch.ServerSessions;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.dispatch.SnapshotDispatcher;
import io.mcpgateway.broker.dispatch.UsedTokens;
import io.mcpgateway.broker.embedded.EmbeddedGateway;
import io.mcpgateway.broker.embedded.EmbeddedSettings;
import io.mcpgateway.broker.endpoint.GatewayEndpoints;
import io.mcpgateway.broker.endpoint.ListChangedPublisher;
import io.mcpgateway.broker.endpoint.McpServices;
import io.mcpgateway.broker.endpoint.McpSettings;
import io.mcpgateway.broker.endpoint.ServerLink;
import io.mcpgateway.broker.endpoint.SessionStreams;
import io.mcpgateway.broker.extproc.ExtProcServer;
import io.mcpgateway.broker.extproc.ExtProcService;
import io.mcpgateway.broker.hairpin.GatewayTrust;
import io.mcpgateway.broker.hairpin.HairpinLink;
import io.mcpgateway.broker.hairpin.HairpinSessions;
import io.mcpgateway.broker.hairpin.HairpinSettings;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.hairpin.ServerStreams;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.network.NameGuard;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.SigningKey;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.session.redis.RedisTimeouts;
import io.mcpgateway.broker.session.redis.SharedSessionStore;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.status.Readiness;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.runtime.MetricsListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates every collaborator, starts them in order, and stops them in the reverse order, each within a bound. */
final class BrokerWiring implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BrokerWiring.class);

    private static final Duration CONFIG_POLL = Duration.ofMillis(250);
    private static final Duration DISCOVERY_END = Duration.ofSeconds(3);
    private static final int MAX_SESSIONS = 200_000;
    private static final int MAX_ROUTER_TOKENS = 100_000;
    private static final int MAX_DOUBTS = 50_000;
    /** Half of the places, so a server that hangs leaves room for the first calls to others. */
    private static final int MAX_WAITING_PER_SERVER = ExtProcService.DEFAULT_MAX_PENDING_CALLS / 2;

    private static final int MAX_BODY_BYTES = HttpListener.Settings.DEFAULT_MAX_BODY_BYTES;

    /** One thing to stop. */
    @FunctionalInterface
    private interface Stop {
        void run() throws InterruptedException;
    }

    private final BrokerSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final SnapshotCell cell = new SnapshotCell();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final GatewayMetrics metrics = new GatewayMetrics(registry);
    private SessionStore store = new InMemorySessionStore(MAX_SESSIONS, clock);
    private final OriginRule origins;
    private final AddressRule addresses;
    private final TrustedHeaders trusted;
    private final Readiness readiness = new Readiness();
    private final SessionDoubts doubts = new SessionDoubts(MAX_DOUBTS);
    private final Deque<Stop> stops = new ArrayDeque<>();
    private Address http;
    private Address grpc;

    private BrokerWiring(BrokerSettings settings) {
        this.settings = settings;
        this.origins = OriginRule.of(
                settings.publicHost(),
                settings.get(BrokerOptions.EMBEDDED_GATEWAY).isPresent(),
                settings.get(BrokerOptions.ALLOWED_ORIGINS));
        this.addresses = new AddressRule(settings.get(BrokerOptions.ALLOW_LINK_LOCAL));
        this.trusted = new TrustedHeaders(settings.authorization());
        this.http = settings.get(BrokerOptions.BROKER_ADDRESS);
        this.grpc = settings.get(BrokerOptions.ROUTER_ADDRESS);
    }

    /** Everything runs and is ready when this returns. */
    static BrokerWiring start(BrokerSettings settings) throws StartFailure {
        BrokerWiring wiring = new BrokerWiring(settings);
        boolean started = false;
        try {
            wiring.start();
            started = true;
            return wiring;
        } finally {
            if (!started) {
                wiring.close();
            }
        }
    }

    Address httpAddress() {
        return http;
    }

    Address grpcAddress() {
        return grpc;
    }

    private void start() throws StartFailure {
        NameGuard.process().follow(addresses);
        loadConfiguration();
        byte[] key = signingKey().bytes();
        shareSessions(key);
        SessionTokens sessionTokens = SessionTokens.withKey(key);
        McpHttpClient client = new McpHttpClient(addresses);
        stops.push(client::close);
        startMetrics();
        startDiscovery(client);
        RouterTokens routerTokens = RouterTokens.withKey(key);
        ServerAccess servers = serverAccess(client, routerTokens);
        startGatewayTrust(servers);
        ServerRequestIds serverRequests = ServerRequestIds.withKey(key);
        ServerStreams serverStreams = new ServerStreams(servers, store, serverRequests);
        SessionStreams streams = startEndpoints(sessionTokens, new HairpinLink(servers, store, serverStreams));
        RequestDispatcher dispatcher = dispatcher(
                new HairpinSessions(servers, store, doubts, serverStreams, metrics),
                sessionTokens,
                routerTokens,
                serverRequests);
        CallsUnderWay waiting = new CallsUnderWay(settings.callLimits().withServersAtMost(MAX_WAITING_PER_SERVER));
        startExtProc(new LimitedDispatcher(dispatcher, waiting, LimitedDispatcher.Span.DECISION));
        CallsUnderWay calls = new CallsUnderWay(settings.callLimits());
        startEmbeddedGateway(new LimitedDispatcher(dispatcher, calls, LimitedDispatcher.Span.WHOLE_CALL));
        // Streams never end by themselves, and every listener would wait for them.
        stops.push(streams::closeAll);
        stops.push(readiness::draining);
        readiness.listenersUp();
    }

    private void loadConfiguration() throws StartFailure {
        ConfigApplier applier = new ConfigApplier(cell, metrics, settings.callTimeout());
        Optional<SecretConfigSource> secret =
                settings.configSecret().map(name -> SecretConfigSource.inCluster(name, applier));
        secret.ifPresent(source -> stops.push(source::close));
        ConfigFileWatcher watcher = new ConfigFileWatcher(
                settings.get(BrokerOptions.CONFIG_FILE),
                CONFIG_POLL,
                applier,
                () -> secret.filter(SecretConfigSource::isWatching).isPresent());
        List<String> problems = watcher.start();
        if (!problems.isEmpty()) {
            throw new StartFailure(problems);
        }
        stops.push(watcher::close);
        secret.ifPresent(SecretConfigSource::start);
        readiness.configurationLoaded();
    }

    private SigningKey signingKey() {
        if (settings.get(BrokerOptions.SIGNING_KEY).isPresent()) {
            return settings.get(BrokerOptions.SIGNING_KEY).get();
        }
        log.warn("GATEWAY_SIGNING_KEY is not set, a key was generated: sessions end with this process and replicas"
                + " cannot share them");
        byte[] bytes = new byte[SigningKey.MINIMUM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return SigningKey.of(bytes);
    }

    private void shareSessions(byte[] key) throws StartFailure {
        if (settings.get(BrokerOptions.SESSION_STORE).isEmpty()) {
            return;
        }
        SharedSessionStore.Settings shared = new SharedSessionStore.Settings(
                settings.get(BrokerOptions.SESSION_STORE).get(),
                RedisTimeouts.DEFAULT,
                SharedSessionStore.spaceOf(key),
                settings.sessionLength(),
                InMemorySessionStore.Bounds.ofSessions(MAX_SESSIONS));
        try {
            SharedSessionStore sessions = SharedSessionStore.start(shared, clock, metrics::sessionStoreReachable);
            stops.push(sessions::close);
            store = sessions;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailure(List.of("interrupted while starting"));
        }
    }

    private void startMetrics() throws StartFailure {
        if (settings.get(BrokerOptions.METRICS_ADDRESS).isEmpty()) {
            return;
        }
        Address address = settings.get(BrokerOptions.METRICS_ADDRESS).get();
        try {
            stops.push(MetricsListener.start(address.toSocketAddress(), registry)::close);
        } catch (IOException busy) {
            throw cannotListen("metrics", address, busy);
        }
    }

    private void startDiscovery(McpHttpClient client) {
        DiscoveryContext context = new DiscoveryContext(
                client,
                HttpLimits.DEFAULT,
                DiscoveryTiming.every(Duration.ofSeconds(settings.get(BrokerOptions.CHECK_INTERVAL_SECONDS))),
                clock,
                () -> ThreadLocalRandom.current().nextDouble(),
                metrics,
                report -> cell.update(snapshot -> snapshot.withReport(report)),
                this::renewed);
        DiscoverySupervisor supervisor = new DiscoverySupervisor(cell, context);
        supervisor.start();
        stops.push(() -> supervisor.stop(DISCOVERY_END));
    }

    private void renewed(ServerName server) {
        cell.get().table().servers().values().stream()
                .filter(route -> route.name().equals(server))
                .forEach(route -> doubts.renewed(route.key(), clock.instant()));
    }

    private void startGatewayTrust(ServerAccess servers) {
        GatewayTrust trust =
                new GatewayTrust(servers, problem -> cell.update(snapshot -> snapshot.withGatewayProblem(problem)));
        stops.push(trust::close);
        trust.start();
    }

    private ServerAccess serverAccess(McpHttpClient client, RouterTokens routerTokens) {
        return new ServerAccess(
                client,
                HairpinSettings.of(settings.privateUrl(), settings.publicHost()),
                routerTokens,
                () -> UUID.randomUUID().toString(),
                () -> cell.get().table(),
                () -> cell.get().config().caCertificates(),
                clock);
    }

    private SessionStreams startEndpoints(SessionTokens sessionTokens, ServerLink servers) throws StartFailure {
        McpSettings mcp = McpSettings.of(
                BrokerMain.Version.text(),
                settings.sessionLength(),
                settings.callLimits().perSession(),
                settings.get(BrokerOptions.SERVER_INSTRUCTIONS),
                origins);
        SessionStreams streams = new SessionStreams(mcp.maxStreams(), mcp.maxStreamsPerSession());
        McpServices services = new McpServices(
                sessionTokens, store, cell, this::list, streams, trusted, UUID::randomUUID, clock, metrics, servers);
        ListChangedPublisher publisher = ListChangedPublisher.start(cell, streams, mcp.heartbeat());
        stops.push(publisher::close);
        GatewayEndpoints endpoints = GatewayEndpoints.of(mcp, services, settings.oauth(), readiness);
        HttpListener listener = listen(
                "HTTP",
                settings.get(BrokerOptions.BROKER_ADDRESS),
                () -> HttpListener.start(httpSettings(settings.get(BrokerOptions.BROKER_ADDRESS)), endpoints));
        http = new Address(settings.get(BrokerOptions.BROKER_ADDRESS).host(), listener.port());
        stops.push(listener::close);
        return streams;
    }

    private RawJson list(CapabilityKind kind, Optional<String> after, CapabilityView view) {
        return cell.get()
                .lists()
                .result(new PageRequest(kind, after, settings.get(BrokerOptions.LIST_PAGE_SIZE)), view);
    }

    private RequestDispatcher dispatcher(
            ServerSessions serverSessions,
            SessionTokens sessionTokens,
            RouterTokens routerTokens,
            ServerRequestIds serverRequests) {
        return new SnapshotDispatcher(new SnapshotDispatcher.Parts(
                cell,
                new Router(settings.publicHost(), MAX_BODY_BYTES, origins, serverRequests),
                sessionTokens,
                routerTokens,
                new UsedTokens(MAX_ROUTER_TOKENS),
                trusted,
                store,
                serverSessions,
                doubts,
                metrics,
                clock));
    }

    private void startExtProc(RequestDispatcher dispatcher) throws StartFailure {
        ExtProcService service = new ExtProcService(
                dispatcher,
                MAX_BODY_BYTES,
                ExtProcService.DEFAULT_MAX_PENDING_CALLS,
                Executors.newVirtualThreadPerTaskExecutor());
        ExtProcServer server = new ExtProcServer(
                settings.get(BrokerOptions.ROUTER_ADDRESS).toSocketAddress(), service, store.remote());
        try {
            grpc = new Address(settings.get(BrokerOptions.ROUTER_ADDRESS).host(), server.start());
        } catch (IOException busy) {
            throw cannotListen("gRPC", settings.get(BrokerOptions.ROUTER_ADDRESS), busy);
        }
        stops.push(() -> server.stop(drainTimeout()));
    }

    private void startEmbeddedGateway(RequestDispatcher dispatcher) throws StartFailure {
        if (settings.get(BrokerOptions.EMBEDDED_GATEWAY).isEmpty()) {
            return;
        }
        Address address = settings.get(BrokerOptions.EMBEDDED_GATEWAY).get();
        EmbeddedSettings embedded =
                EmbeddedSettings.of(httpSettings(address), URI.create("http://" + http.fromHere()), origins, addresses);
        EmbeddedGateway gateway = listen(
                "gateway",
                address,
                () -> EmbeddedGateway.start(
                        embedded, dispatcher, () -> cell.get().table()));
        stops.push(gateway::close);
    }

    private HttpListener.Settings httpSettings(Address address) {
        return HttpListener.Settings.of(address.host(), address.port(), drainTimeout());
    }

    private Duration drainTimeout() {
        return Duration.ofSeconds(settings.get(BrokerOptions.DRAIN_SECONDS));
    }

    private static <T> T listen(String what, Address address, java.util.function.Supplier<T> start)
            throws StartFailure {
        try {
            return start.get();
        } catch (IllegalStateException busy) {
            throw cannotListen(what, address, busy);
        }
    }

    private static StartFailure cannotListen(String what, Address address, Exception cause) {
        return new StartFailure(List.of("cannot listen on " + address + " (" + what + "): " + rootMessage(cause)
                + "; is another program using the port?"));
    }

    private static String rootMessage(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Readiness drops first, then calls in flight finish, then everything else goes. */
    @Override
    public void close() {
        while (!stops.isEmpty()) {
            try {
                stops.pop().run();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException problem) {
                log.error("could not be stopped cleanly", problem);
            }
        }
    }
}
