package io.mcpgateway.broker.warmup;

import io.mcpgateway.broker.extproc.played.PlayedEnvoy;
import io.mcpgateway.broker.http.HttpListener;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.transport.ServerTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Made-up servers behind a made-up gateway, and traffic to a broker that knows no others. */
public final class WarmUp implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final int CONNECTIONS = 16;
    private static final String LOOPBACK = "127.0.0.1";

    private final MadeUpGateway gateway = new MadeUpGateway();
    private final HttpListener listener =
            HttpListener.start(HttpListener.Settings.of(LOOPBACK, 0, Duration.ZERO), gateway);

    /** The servers listen from now on, on loopback. */
    public static WarmUp start() {
        return new WarmUp();
    }

    private WarmUp() {}

    /** Under which the broker has to be known. */
    public static String publicHost() {
        return MadeUpServers.PUBLIC_HOST;
    }

    /** Where the broker has to look for its gateway. */
    public URI gateway() {
        return URI.create("http://" + LOOPBACK + ":" + listener.port());
    }

    /** What the broker has to serve. */
    public GatewaySnapshot served(GatewaySnapshot before) {
        return MadeUpServers.served(before, gateway());
    }

    /** When it ends, if rounds go on to become faster. */
    public record Bounds(Duration time, int rounds) {}

    /** What was done. */
    public record Done(int rounds, Duration took, boolean converged) {}

    /**
     * Goes on until it makes nothing faster, or for as long as it may.
     *
     * @param http where the broker answers
     * @param grpc where its router is asked
     * @param embedded where its built-in gateway is, if it has one
     * @throws IllegalStateException if something answers what it must not
     */
    public Done run(Address http, Address grpc, Optional<Address> embedded, Bounds most)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Convergence convergence = Convergence.NONE;
        try (PlayedEnvoy envoy = PlayedEnvoy.at(grpc);
                ServerTransport transport = new ServerTransport(CONNECT_TIMEOUT, CONNECTIONS)) {
            gateway.askBy(envoy);
            Traffic traffic = new Traffic(
                    envoy,
                    transport,
                    mcp(http),
                    embedded.map(WarmUp::mcp),
                    start + most.time().toNanos());
            while (convergence.rounds() < most.rounds() && !convergence.reached()) {
                long before = System.nanoTime();
                traffic.round();
                convergence = convergence.after(System.nanoTime() - before);
            }
        } catch (Traffic.TimeIsUp halfARound) {
            // It has done its part, too.
        }
        return new Done(convergence.rounds(), Duration.ofNanos(System.nanoTime() - start), convergence.reached());
    }

    @Override
    public void close() {
        listener.close();
    }

    private static URI mcp(Address address) {
        return URI.create("http://" + address + "/mcp");
    }
}
