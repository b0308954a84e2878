package io.mcpgateway.broker.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Helidon's HTTP/1.1, with a {@link ClientConnection} between it and each socket. */
public final class ClientConnections implements ServerConnectionSelector, AutoCloseable {
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A listener's connections take their times from here. */
    private final Duration headTime;

    private final Duration bodyTime;
    private final Http1ConnectionSelector http1;
    private volatile boolean draining;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("slow-clients").factory());

    private final ScheduledFuture<?> looking;

    /**
     * For one listener.
     *
     * @param headTime how long a client may take from the first byte of a request to the end of its headers
     * @param bodyTime how long it may take for the body
     */
    public ClientConnections(Http1Config config, Duration headTime, Duration bodyTime) {
        this.http1 = Http1ConnectionSelector.builder().config(config).build();
        this.headTime = headTime;
        this.bodyTime = bodyTime;
        this.looking =
                timer.scheduleWithFixedDelay(this::closeLate, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The connection that the calling handler was called on. */
    public static ClientConnection current() {
        return WatchedConnection.CURRENT.get();
    }

    private void closeLate() {
        long now = System.nanoTime();
        open.forEach(connection -> connection.closeIfLate(now));
    }

    /**
     * From now on connections end once their request is answered. Helidon looks for idle ones only once, at the
     * beginning of its stop, and would wait for those that become idle just then.
     */
    public void drain() {
        draining = true;
        open.forEach(ClientConnection::closeIfIdle);
    }

    /**
     * Waits until no request is in progress, or until the stop is over, whichever is first.
     *
     * @param stopping the stop of the server, which ends within its grace
     */
    public void awaitEnd(Thread stopping) {
        try {
            // Twice, so connections accepted just before the stop have arrived here.
            int quiet = 0;
            while (quiet < 2 && !stopping.join(SLICE)) {
                open.forEach(ClientConnection::closeIfIdle);
                quiet = open.isEmpty() ? quiet + 1 : 0;
            }
        } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the connection ends after the response that was just sent. */
    public boolean draining() {
        return draining;
    }

    /** We speak nothing else, and refuse anything that is not HTTP. */
    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        ClientConnection client =
                new ClientConnection(context.serverSocket(), context.dataReader(), headTime, bodyTime);
        ServerConnection connection = http1.connection(new ReadThrough(context, client));
        if (draining) {
            client.closeIfIdle();
        }
        return new WatchedConnection(connection, client, open);
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdownNow();
    }
}
