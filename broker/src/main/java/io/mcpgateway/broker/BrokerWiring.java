package io.mcpgateway.broker;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.authorization.trusted.TrustedHeaders;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.dispatch.CallRehearsal;
import io.mcpgateway.broker.dispatch.MeasuredDispatcher;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.dispatch.ServerSessions;
import io.mcpgateway.broker.dispatch.SessionDoubts;
import io.mcpgateway.broker.dispatch.SnapshotDispatcher;
import io.mcpgateway.broker.dispatch.UsedTokens;
import io.mcpgateway.broker.embedded.EmbeddedGateway;
import io.mcpgateway.broker.endpoint.GatewayEndpoints;
import io.mcpgateway.broker.endpoint.McpServices;
import io.mcpgateway.broker.endpoint.McpSettings;
import io.mcpgateway.broker.endpoint.ServerLink;
import io.mcpgateway.broker.endpoint.streams.ClientStreams;
import io.mcpgateway.broker.endpoint.streams.ListChangedPublisher;
import io.mcpgateway.broker.hairpin.HairpinLink;
import io.mcpgateway.broker.hairpin.HairpinSessions;
import io.mcpgateway.broker.hairpin.HairpinSubscriptions;
import io.mcpgateway.broker.hairpin.ReachTrial;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.hairpin.ServerStreams;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.network.NameGuard;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.router.Router;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.RouterTokens;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.session.remembered.RememberedSessions;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.status.Readiness;
import io.mcpgateway.broker.status.Trials;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.mcpgateway.runtime.MetricsListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Creates every collaborator, starts them in order, and stops them in the reverse order, each within a bound. */
final class BrokerWiring implements AutoCloseable {
    private static final int MAX_ROUTER_TOKENS = 300_000;
    private static final int MAX_DOUBTS = 50_000;

    private final BrokerSettings settings;
    private final Clock clock = Clock.systemUTC();
    private final SnapshotCell cell = new SnapshotCell();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final GatewayMetrics metrics = new GatewayMetrics(registry);
    private final OriginRule origins;
    private final AddressRule addresses;
    private final TrustedHeaders trusted;
    private final Readiness readiness = new Readiness();
    private final SessionDoubts doubts = new SessionDoubts(MAX_DOUBTS);
    private final Stops stops = new Stops();
    private Address http;
    private Address grpc;
    private volatile Optional<EmbeddedGateway> embedded = Optional.empty();

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
        return new BrokerWiring(settings).orClosed(BrokerWiring::start);
    }

    /** A broker without configuration and discovery, which serves what {@code madeUp} puts into its snapshot. */
    static BrokerWiring withMadeUpServers(BrokerSettings settings, UnaryOperator<GatewaySnapshot> madeUp)
            throws StartFailure {
        return new BrokerWiring(settings).orClosed(wiring -> {
            wiring.cell.update(madeUp);
            wiring.serve(() -> _ -> {});
        });
    }

    /** One way to start. */
    @FunctionalInterface
    private interface Start {
        void of(BrokerWiring wiring) throws StartFailure;
    }

    private BrokerWiring orClosed(Start start) throws StartFailure {
        boolean started = false;
        try {
            start.of(this);
            started = true;
            return this;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    Address httpAddress() {
        return http;
    }

    Address grpcAddress() {
        return grpc;
    }

    /** Where clients reach the built-in gateway, if there is one. */
    Optional<Address> embeddedAddress() {
        return embedded.map(gateway -> Adapters.address(settings, gateway));
    }

    private void start() throws StartFailure {
        NameGuard.process().follow(addresses);
        StateWiring state = new StateWiring(settings, cell, doubts, metrics, clock, stops);
        state.loadConfiguration();
        readiness.configurationLoaded();
        serve(() -> state.startDiscovery(new McpHttpClient(addresses)));
        stops.push(readiness::draining);
        readiness.listenersUp();
        WarmUpWiring.warmUp(settings);
        readiness.warm();
        state.awaitFirstAnswers();
        readiness.serversHeard();
    }

    /** @param discovery starts it, and gives what is to be told of servers that may speak another revision now */
    private void serve(Supplier<Consumer<ServerName>> discovery) throws StartFailure {
        SessionKeeping sessions = SessionKeeping.start(settings, clock, metrics, stops);
        SessionStore store = sessions.store();
        byte[] key = sessions.key().bytes();
        SessionTokens sessionTokens = SessionTokens.withKey(key).remembering(new RememberedSessions());
        startMetrics();
        Traces traces = Traces.start(settings, sessionTokens, cell, clock, registry, stops);
        RouterTokens routerTokens = RouterTokens.withKey(key);
        ServerAccess servers = new HairpinWiring(settings, cell, addresses, clock, stops).start(routerTokens);
        ServerRequestIds serverRequests = ServerRequestIds.withKey(key);
        ServerStreams serverStreams =
                new ServerStreams(servers, store, serverRequests, new HairpinSubscriptions(servers));
        CallsUnderWay calls = new CallsUnderWay(settings.callLimits());
        Bridges bridges = Bridges.start(
                settings,
                servers,
                serverStreams,
                sessions,
                calls,
                new BridgeMetrics(registry),
                discovery.get(),
                cell,
                () -> Optional.ofNullable(http).map(Address::fromElsewhere),
                stops);
        Router router = new Router(settings.publicHost(), Adapters.MAX_BODY_BYTES, origins, serverRequests);
        ClientStreams streams = startEndpoints(
                store,
                sessionTokens,
                new HairpinLink(servers, store, serverStreams),
                bridges,
                new Trials(
                        new CallRehearsal(cell, router)::of,
                        new ReachTrial(servers)::of,
                        Adapters.fromPage(settings, () -> embedded)),
                traces);
        RequestDispatcher dispatcher = dispatcher(
                store,
                new HairpinSessions(servers, store, doubts, serverStreams, metrics),
                sessionTokens,
                routerTokens,
                router,
                bridges.states());
        Adapters adapters = new Adapters(
                settings,
                origins,
                addresses,
                registry,
                metrics,
                new AuditWiring(settings, cell, clock, registry, stops).start(key, sessionTokens),
                traces,
                stops);
        grpc = adapters.startExtProc(dispatcher, store.remote());
        embedded = adapters.startEmbeddedGateway(dispatcher, calls, http, cell);
        // What waits for clients is cancelled while its servers can still be reached.
        stops.push(bridges.legacyServers()::drain);
        // Streams never end by themselves, and every listener would wait for them.
        stops.push(streams::closeAll);
    }

    private void startMetrics() throws StartFailure {
        if (settings.get(BrokerOptions.METRICS_ADDRESS).isEmpty()) {
            return;
        }
        Address address = settings.get(BrokerOptions.METRICS_ADDRESS).get();
        MetricsListener listener = StartFailure.listening(
                "metrics", address, () -> MetricsListener.start(address.toSocketAddress(), registry));
        stops.push(listener::close);
    }

    private ClientStreams startEndpoints(
            SessionStore store,
            SessionTokens sessionTokens,
            ServerLink servers,
            Bridges bridges,
            Trials trials,
            Traces traces)
            throws StartFailure {
        McpSettings mcp = McpSettings.of(
                BrokerMain.Version.text(),
                settings.sessionLength(),
                settings.callLimits().perSession(),
                settings.get(BrokerOptions.SERVER_INSTRUCTIONS),
                origins);
        ClientStreams streams = new ClientStreams(mcp.streams());
        metrics.watchStreams(streams::open);
        McpServices services = new McpServices(
                sessionTokens,
                store,
                cell,
                new ServedPages(cell, settings.get(BrokerOptions.LIST_PAGE_SIZE))::page,
                streams,
                trusted,
                bridges.states(),
                UUID::randomUUID,
                clock,
                metrics,
                servers,
                bridges.subscriptions(),
                traces.bridge(bridges.legacyClients()),
                traces.bridge(bridges.legacyServers()));
        ListChangedPublisher publisher = ListChangedPublisher.start(cell, streams, mcp.heartbeat());
        stops.push(publisher::close);
        GatewayEndpoints endpoints = GatewayEndpoints.of(
                mcp, services, settings.oauth(), settings.registry(BrokerMain.Version.text()), readiness, trials);
        HttpListener listener = StartFailure.listening(
                "HTTP",
                settings.get(BrokerOptions.BROKER_ADDRESS),
                () -> HttpListener.start(
                        Adapters.listener(settings, settings.get(BrokerOptions.BROKER_ADDRESS)),
                        traces.endpoint(endpoints)));
        http = new Address(settings.get(BrokerOptions.BROKER_ADDRESS).host(), listener.port());
        stops.push(listener::close);
        return streams;
    }

    private RequestDispatcher dispatcher(
            SessionStore store,
            ServerSessions serverSessions,
            SessionTokens sessionTokens,
            RouterTokens routerTokens,
            Router router,
            RequestStates requestStates) {
        SnapshotDispatcher dispatcher = new SnapshotDispatcher(new SnapshotDispatcher.Parts(
                cell,
                router,
                sessionTokens,
                routerTokens,
                new UsedTokens(MAX_ROUTER_TOKENS),
                trusted,
                store,
                serverSessions,
                doubts,
                metrics,
                requestStates,
                clock));
        return new MeasuredDispatcher(dispatcher, metrics);
    }

    /** Readiness drops first, then calls in flight finish, then everything else goes. */
    @Override
    public void close() {
        stops.close();
    }
}
