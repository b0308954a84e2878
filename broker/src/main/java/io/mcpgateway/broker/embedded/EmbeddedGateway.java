package io.mcpgateway.broker.embedded;

import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.http.HttpHandler;
import io.mcpgateway.broker.http.HttpListener;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The gateway without Envoy: a listener of its own in front of the broker and the servers, for trying things out on
 * one machine. What a request means is decided by the dispatcher alone.
 */
public final class EmbeddedGateway implements AutoCloseable {
    private final HttpHandler handler;
    private final HttpListener listener;
    private final ProxyClient client;

    private EmbeddedGateway(HttpHandler handler, HttpListener listener, ProxyClient client) {
        this.handler = handler;
        this.listener = listener;
        this.client = client;
    }

    /**
     * Listens until {@link #close}.
     *
     * @param table what is served now; read per request
     */
    public static EmbeddedGateway start(
            EmbeddedSettings settings, RequestDispatcher dispatcher, Supplier<RouteTable> table) {
        return start(settings, dispatcher, table, UnaryOperator.identity());
    }

    /**
     * The same.
     *
     * @param around what surrounds the handling of each request
     */
    public static EmbeddedGateway start(
            EmbeddedSettings settings,
            RequestDispatcher dispatcher,
            Supplier<RouteTable> table,
            UnaryOperator<HttpHandler> around) {
        ProxyClient client = new ProxyClient(settings, dispatcher);
        HttpHandler handler = around.apply(new ProxyHandler(settings, dispatcher, table, client));
        return new EmbeddedGateway(handler, HttpListener.start(settings.listener(), handler), client);
    }

    /** What answers its requests, for those that reach this process in another way. */
    public HttpHandler handler() {
        return handler;
    }

    /** The bound port. */
    public int port() {
        return listener.port();
    }

    /**
     * Stops accepting, lets requests in progress finish within the listener's grace, then closes every connection.
     * The broker's streams count as in progress, so the broker ends them first.
     */
    @Override
    public void close() {
        listener.close();
        client.close();
    }
}
