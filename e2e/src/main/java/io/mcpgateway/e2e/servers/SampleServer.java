package io.mcpgateway.e2e.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running sample server. */
public final class SampleServer implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final Server jetty;
    private final HttpServlet servlet;
    private final URI url;

    private SampleServer(Server jetty, HttpServlet servlet, URI url) {
        this.jetty = jetty;
        this.servlet = servlet;
        this.url = url;
    }

    /**
     * Starts a server; when this returns, it answers.
     *
     * @throws IOException if it cannot listen there; the message says where and why
     */
    public static SampleServer start(SampleOptions options) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(32, 4);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Server jetty = new Server(threads);
        ServerConnector connector = new ServerConnector(jetty, 1, 1);
        connector.setHost(options.host());
        connector.setPort(options.port());
        // A call of a slow tool may take long; the connection is not idle during that time.
        connector.setIdleTimeout(300_000);
        jetty.addConnector(connector);
        HttpServlet servlet = servlet(options);
        jetty.setHandler(handler(options, servlet));
        jetty.setStopTimeout(500);
        listen(jetty, options);
        return new SampleServer(
                jetty,
                servlet,
                URI.create("http://" + options.host() + ":" + connector.getLocalPort()
                        + options.kind().path()));
    }

    /** The URL of its MCP endpoint. */
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        try {
            if (servlet instanceof HttpServletStreamableServerTransportProvider transport) {
                // Ends the sessions, because Jetty would wait for open streams.
                transport.closeGracefully().block(STOP_LIMIT);
            }
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop " + url, e);
        }
    }

    private static void listen(Server jetty, SampleOptions options) throws IOException {
        try {
            jetty.start();
        } catch (IOException e) {
            String cause = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IOException("cannot listen on " + options.host() + ":" + options.port() + ": " + cause, e);
        } catch (Exception e) {
            throw new IOException("cannot start: " + e.getMessage(), e);
        }
    }

    private static ServletContextHandler handler(SampleOptions options, HttpServlet servlet) {
        ServletContextHandler handler = new ServletContextHandler("/");
        if (options.kind() == SampleKind.API_KEY) {
            handler.addFilter(
                    new FilterHolder(new BearerGuard(options.token())), "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        handler.addServlet(holder, options.kind().path());
        return handler;
    }

    private static HttpServlet servlet(SampleOptions options) {
        if (options.kind() == SampleKind.BROKEN) {
            return new WrongProtocolServlet();
        }
        if (options.kind() == SampleKind.ECHO) {
            return new EchoServlet();
        }
        HttpServletStreamableServerTransportProvider transport = HttpServletStreamableServerTransportProvider.builder()
                .jsonMapper(new JacksonMcpJsonMapper(new ObjectMapper()))
                .mcpEndpoint(options.kind().path())
                .contextExtractor(request -> McpTransportContext.create(Map.of(SampleTools.HEADERS, headers(request))))
                .maxRequestSize(8 * 1024 * 1024)
                .build();
        McpServer.SyncSpecification<?> specification = McpServer.sync(transport)
                .serverInfo("sample-" + options.kind().label(), "1.0.0")
                .capabilities(capabilities(options.kind()));
        if (options.kind() == SampleKind.SERVER1) {
            specification
                    .instructions("Greet people by their first name.")
                    .resources(SampleResources.resources())
                    .resourceTemplates(SampleResources.templates())
                    .completions(SampleResources.completions());
        }
        McpSyncServer server = specification.build();
        SampleTools.addTo(server, options);
        return transport;
    }

    private static ServerCapabilities capabilities(SampleKind kind) {
        ServerCapabilities.Builder capabilities = ServerCapabilities.builder().tools(true);
        return kind == SampleKind.SERVER1
                ? capabilities.prompts(true).resources(true, true).completions().build()
                : capabilities.build();
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, String.join(", ", Collections.list(request.getHeaders(name))));
        }
        return headers;
    }
}
