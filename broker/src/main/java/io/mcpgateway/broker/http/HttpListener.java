package io.mcpgateway.broker.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.DirectHandler.TransportResponse;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.http.connection.ClientConnections;
import io.mcpgateway.broker.refusal.Refusals;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 listener with a virtual thread per connection. See docs/adr/005-http-server.md.
 *
 * <p>Whatever a handler throws ends here: the client gets a plain 500 or, once the response has begun, a broken
 * connection, never the text of an exception.
 */
public final class HttpListener implements AutoCloseable {
    /**
     * Where to listen, and the limits.
     *
     * @param host address to listen on; {@code 0.0.0.0} for all
     * @param port 0 for any free one
     * @param maxBodyBytes larger request bodies are answered with 413
     * @param maxConnections further ones wait in the backlog of the operating system
     * @param stopGrace how long {@link #close} waits for requests in progress
     */
    public record Settings(String host, int port, int maxBodyBytes, int maxConnections, Duration stopGrace) {
        public static final int DEFAULT_MAX_BODY_BYTES = BrokerLaunch.MAX_BODY_BYTES;
        public static final int DEFAULT_MAX_CONNECTIONS = 120_000;

        public Settings {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(stopGrace, "stopGrace");
        }

        public static Settings of(String host, int port, Duration stopGrace) {
            return new Settings(host, port, DEFAULT_MAX_BODY_BYTES, DEFAULT_MAX_CONNECTIONS, stopGrace);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(HttpListener.class);

    /**
     * A body too large is still taken in (and dropped) up to this many times the limit: a client that writes all before
     * it reads would see a reset connection instead of our answer. Beyond it the connection is closed at once.
     */
    private static final long DROPPED_TIMES = 4;

    private static final int MAX_HEADER_BYTES = 64 * 1024;

    /** As Envoy has them. */
    private static final Duration HEAD_TIME = Duration.ofSeconds(10);

    private static final Duration BODY_TIME = Duration.ofSeconds(60);

    private final WebServer server;
    private final ClientConnections connections;

    private HttpListener(WebServer server, ClientConnections connections) {
        this.server = server;
        this.connections = connections;
    }

    /**
     * Listens until {@link #close}.
     *
     * @throws IllegalStateException if the address cannot be bound
     */
    public static HttpListener start(Settings settings, HttpHandler handler) {
        return start(settings, handler, HEAD_TIME, BODY_TIME);
    }

    static HttpListener start(Settings settings, HttpHandler handler, Duration headTime, Duration bodyTime) {
        ClientConnections connections = new ClientConnections(
                Http1Config.builder()
                        .maxHeadersSize(MAX_HEADER_BYTES)
                        .maxPrologueLength(16 * 1024)
                        .build(),
                headTime,
                bodyTime);
        WebServer server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .maxPayloadSize(DROPPED_TIMES * settings.maxBodyBytes())
                .maxTcpConnections(settings.maxConnections())
                // An answer of several segments must not wait for the peer's delayed acknowledgement.
                .connectionOptions(options -> options.tcpNoDelay(true))
                .shutdownGracePeriod(settings.stopGrace())
                .contentEncoding(new BodiesAsSent())
                .directHandlers(directHandlers(settings.maxBodyBytes()))
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                .routing(routing -> routing.any((request, response) -> serve(
                        handler,
                        new HelidonExchange(request, response, settings.maxBodyBytes(), ClientConnections.current()),
                        connections)))
                .build()
                .start();
        return new HttpListener(server, connections);
    }

    /** The bound port. */
    public int port() {
        return server.port();
    }

    /**
     * Stops accepting and waits for requests in progress, at most the grace in the settings; the rest is interrupted.
     * Open streams count as requests in progress: their owner ends them first.
     */
    @Override
    public void close() {
        connections.drain();
        Thread stopping = Thread.ofVirtual().name("listener-stop").start(server::stop);
        // Helidon would also wait for connections on which nothing was ever sent.
        connections.awaitEnd(stopping);
        connections.close();
    }

    private static void serve(HttpHandler handler, HelidonExchange exchange, ClientConnections connections) {
        try {
            if (exchange.method().equals("CONNECT")) {
                exchange.answer(HttpAnswer.text(405, "this is not a proxy").with("Connection", "close"));
            } else {
                handler.handle(exchange);
            }
        } catch (HttpExchange.BodyTooLarge problem) {
            refuse(exchange, HttpAnswer.of(problem));
        } catch (HttpExchange.BadFraming problem) {
            refuse(exchange, HttpAnswer.of(problem));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the listener stops", stopping);
        } catch (IOException | CloseConnectionException gone) {
            log.debug(
                    "connection ended method={} path={} cause={}", exchange.method(), exchange.path(), gone.toString());
            throw new CloseConnectionException("the connection ended", gone);
        } catch (RuntimeException problem) {
            log.error("request failed method={} path={}", exchange.method(), exchange.path(), problem);
            refuse(exchange, HttpAnswer.text(500, "internal error"));
        }
        exchange.complete();
        if (connections.draining() || exchange.announcesClose()) {
            // Helidon 4.5.0 sends "Connection: close" and then waits for the next request (helidon issue 12324).
            throw new CloseConnectionException("the connection ends after this response, as announced");
        }
    }

    private static void refuse(HelidonExchange exchange, HttpAnswer answer) {
        if (exchange.begun()) {
            throw new CloseConnectionException("the response cannot be completed");
        }
        try {
            exchange.answer(answer);
        } catch (IOException gone) {
            throw new CloseConnectionException("the client has disconnected", gone);
        }
    }

    /** What is answered to requests that never reach a handler. */
    private static DirectHandlers directHandlers(int maxBodyBytes) {
        DirectHandler plain = (request, type, status, headers, message) -> TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .keepAlive(false)
                .entity(status.reasonPhrase().toLowerCase(Locale.ROOT) + "\n")
                .build();
        DirectHandler tooLarge = (request, type, status, headers, message) -> TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, MediaTypes.JSON)
                .keepAlive(false)
                .entity(Refusals.bodyTooLarge(maxBodyBytes).body().bytes())
                .build();
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, type == EventType.PAYLOAD_TOO_LARGE ? tooLarge : plain);
        }
        return handlers.build();
    }
}
