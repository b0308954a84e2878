package io.mcpgateway.broker.extproc;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.mcpgateway.api.envoy.FilterChainSettings;
import io.mcpgateway.broker.dispatch.RequestScopes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The gRPC listener of the router: external processor and gRPC health, plain text. */
public final class ExtProcServer {
    private static final int MEBIBYTE = 1024 * 1024;

    private final HealthStatusManager health = new HealthStatusManager();
    private final ConnectionLoops loops = new ConnectionLoops();
    private final Server server;

    /**
     * A server for this service.
     *
     * @param decisionsMayWait whether each decision needs its own thread, because it may have to ask another process
     */
    public ExtProcServer(InetSocketAddress address, ExtProcService service, boolean decisionsMayWait) {
        this(address, service, decisionsMayWait, Optional.empty());
    }

    /**
     * The same.
     *
     * @param scopes what surrounds each stream of Envoy, if anything does
     */
    public ExtProcServer(
            InetSocketAddress address,
            ExtProcService service,
            boolean decisionsMayWait,
            Optional<RequestScopes> scopes) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                // On the event loop a call costs half the CPU that it costs on virtual threads.
                .executor(decisionsMayWait ? Executors.newVirtualThreadPerTaskExecutor() : Runnable::run)
                // A whole body comes in one message, with a little around it: also one that is refused as too large,
                // up to what Envoy lets through.
                .maxInboundMessageSize(
                        Math.max(service.maxBodyBytes(), FilterChainSettings.DEFAULT_MAX_REQUEST_BYTES) + MEBIBYTE)
                .maxConcurrentCallsPerConnection(10_000)
                .keepAliveTime(2, TimeUnit.MINUTES)
                .keepAliveTimeout(20, TimeUnit.SECONDS)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addService(scopes.map(around -> ServerInterceptors.intercept(service, new ScopedStreams(around)))
                        .orElseGet(service::bindService))
                .addService(health.getHealthService());
        loops.serve(builder);
        this.server = builder.build();
    }

    /**
     * Starts listening.
     *
     * @return the port, which the system chose if 0 was asked for
     * @throws IOException if the address cannot be bound
     */
    public int start() throws IOException {
        server.start();
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        return server.getPort();
    }

    /**
     * Turns health to NOT_SERVING, takes no new streams, and lets those in flight end.
     *
     * @param patience after this time they are cut off
     * @return whether all have ended by themselves
     */
    public boolean stop(Duration patience) throws InterruptedException {
        health.enterTerminalState();
        server.shutdown();
        boolean drained = server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!drained) {
            server.shutdownNow();
            server.awaitTermination(1, TimeUnit.SECONDS);
        }
        loops.close();
        return drained;
    }
}
