package io.mcpgateway.broker;

import io.mcpgateway.broker.dispatch.LimitedDispatcher;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.embedded.EmbeddedGateway;
import io.mcpgateway.broker.embedded.EmbeddedSettings;
import io.mcpgateway.broker.extproc.ExtProcServer;
import io.mcpgateway.broker.extproc.ExtProcService;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.status.PageCalls;
import io.mcpgateway.broker.telemetry.ExtProcErrors;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Starts what the router decides for: Envoy's external processor, and the built-in gateway.
 *
 * @param audited what goes around the dispatcher of each
 * @param traces what goes around that, and around everything else
 */
record Adapters(
        BrokerSettings settings,
        OriginRule origins,
        AddressRule addresses,
        MeterRegistry registry,
        GatewayMetrics metrics,
        UnaryOperator<RequestDispatcher> audited,
        Traces traces,
        Stops stops) {
    static final int MAX_BODY_BYTES = HttpListener.Settings.DEFAULT_MAX_BODY_BYTES;

    /** Half of the places, so a server that hangs leaves room for the first calls to others. */
    private static final int MAX_WAITING_PER_SERVER = ExtProcService.DEFAULT_MAX_PENDING_CALLS / 2;

    /** Returns where Envoy reaches it. */
    Address startExtProc(RequestDispatcher dispatcher, boolean storeIsRemote) throws StartFailure {
        CallsUnderWay waiting = new CallsUnderWay(settings.callLimits().withServersAtMost(MAX_WAITING_PER_SERVER));
        ExtProcService service = new ExtProcService(
                traces.dispatcher(audited.apply(
                        new LimitedDispatcher(dispatcher, waiting, LimitedDispatcher.Span.DECISION, metrics))),
                MAX_BODY_BYTES,
                ExtProcService.DEFAULT_MAX_PENDING_CALLS,
                traces.carrying(Executors.newVirtualThreadPerTaskExecutor()),
                new ExtProcErrors(registry, ExtProcService.failureReasons())::count);
        Address address = settings.get(BrokerOptions.ROUTER_ADDRESS);
        ExtProcServer server = new ExtProcServer(address.toSocketAddress(), service, storeIsRemote, traces.scopes());
        int port = StartFailure.listening("gRPC", address, server::start);
        stops.push(() -> server.stop(drainTimeout()));
        return new Address(address.host(), port);
    }

    /** Starts it if it is asked for. */
    Optional<EmbeddedGateway> startEmbeddedGateway(
            RequestDispatcher dispatcher, CallsUnderWay calls, Address broker, SnapshotCell cell) throws StartFailure {
        if (settings.get(BrokerOptions.EMBEDDED_GATEWAY).isEmpty()) {
            return Optional.empty();
        }
        Address address = settings.get(BrokerOptions.EMBEDDED_GATEWAY).get();
        EmbeddedSettings embedded = EmbeddedSettings.of(
                listener(settings, address), URI.create("http://" + broker.fromHere()), origins, addresses);
        RequestDispatcher limited = traces.dispatcher(
                audited.apply(new LimitedDispatcher(dispatcher, calls, LimitedDispatcher.Span.WHOLE_CALL, metrics)));
        EmbeddedGateway gateway = StartFailure.listening(
                "gateway",
                address,
                () -> EmbeddedGateway.start(embedded, limited, () -> cell.get().table(), traces::gateway));
        stops.push(gateway::close);
        return Optional.of(gateway);
    }

    /** Where clients reach the built-in gateway. */
    static Address address(BrokerSettings settings, EmbeddedGateway gateway) {
        return new Address(
                settings.get(BrokerOptions.EMBEDDED_GATEWAY).orElseThrow().host(), gateway.port());
    }

    /** The status page's way to it, unless the broker's own port is open to more clients than the gateway's. */
    static PageCalls fromPage(BrokerSettings settings, Supplier<Optional<EmbeddedGateway>> gateway) {
        boolean asNarrow = settings.get(BrokerOptions.EMBEDDED_GATEWAY)
                .filter(settings.get(BrokerOptions.BROKER_ADDRESS)::isNoWiderThan)
                .isPresent();
        return asNarrow
                ? new PageCalls(
                        !settings.oauth().authorizationServers().isEmpty(),
                        () -> gateway.get().map(EmbeddedGateway::handler))
                : PageCalls.NONE;
    }

    static HttpListener.Settings listener(BrokerSettings settings, Address address) {
        return HttpListener.Settings.of(address.host(), address.port(), drainTimeout(settings));
    }

    private Duration drainTimeout() {
        return drainTimeout(settings);
    }

    private static Duration drainTimeout(BrokerSettings settings) {
        return Duration.ofSeconds(settings.get(BrokerOptions.DRAIN_SECONDS));
    }
}
