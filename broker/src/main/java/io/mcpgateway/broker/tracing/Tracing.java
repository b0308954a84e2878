package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.dispatch.RequestScopes;
import io.mcpgateway.broker.endpoint.calls.CallBridge;
import io.mcpgateway.broker.endpoint.calls.ModernCallBridge;
import io.mcpgateway.broker.http.HttpHandler;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.SpanMetrics;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Traces requests: a SERVER span for each message of a client, and a CLIENT span for the message to a server, if there is one.
 * Wraps what it is given; where there are no traces, there is no such object, and nothing is wrapped.
 */
public final class Tracing implements AutoCloseable {
    /**
     * What spans are made of.
     *
     * @param version of the gateway
     * @param sessions the same that clients have
     * @param snapshots has the servers
     * @param patience how long the last spans may take to be sent
     */
    public record Parts(
            String version,
            SessionTokens sessions,
            SnapshotCell snapshots,
            InstantSource clock,
            SpanMetrics metrics,
            Duration patience) {}

    private final SpanPipeline pipeline;
    private final SpanMaker spans;
    private final Parts parts;

    private Tracing(SpanPipeline pipeline, Parts parts) {
        this.pipeline = pipeline;
        this.parts = parts;
        this.spans = new SpanMaker(pipeline.tracer(), parts.sessions(), parts.clock());
    }

    /**
     * Begins to send spans.
     *
     * @throws IllegalArgumentException if OpenTelemetry does not accept one of them; the message says which
     */
    public static Tracing start(TraceVariables variables, Parts parts) {
        return new Tracing(SpanPipeline.start(variables, parts.version(), parts.metrics()), parts);
    }

    /** To be the outermost dispatcher of an adapter whose requests have scopes. */
    public RequestDispatcher dispatcher(RequestDispatcher dispatcher) {
        return new TracedDispatcher(dispatcher);
    }

    /** The scopes of Envoy's streams. */
    public RequestScopes scopes() {
        return transport -> new RequestTrace(spans, SpanMaker.context(transport));
    }

    /** Runs tasks in the scope of whoever leaves them. */
    public Executor carrying(Executor executor) {
        return Context.taskWrapping(executor);
    }

    /** Around what the broker answers itself. */
    public HttpHandler endpoint(HttpHandler handler) {
        return new TracedHandler(handler, spans, TracedHandler.Spans.OF_HANDLER);
    }

    /** Around the built-in gateway. */
    public HttpHandler gateway(HttpHandler handler) {
        return new TracedHandler(handler, spans, TracedHandler.Spans.OF_DISPATCHER);
    }

    /** Around the calls of legacy clients to modern servers. */
    public CallBridge bridge(CallBridge bridge) {
        return new TracedBridge(bridge, this::server);
    }

    /** Around the calls of modern clients to legacy servers. */
    public ModernCallBridge bridge(ModernCallBridge bridge) {
        return new TracedModernBridge(bridge, this::server);
    }

    private Optional<ServerRoute> server(String name) {
        return parts.snapshots().get().table().servers().values().stream()
                .filter(server -> server.name().value().equals(name))
                .findFirst();
    }

    /** Sends what waits; what is left after the patience is counted as dropped. */
    @Override
    public void close() {
        pipeline.close(parts.patience());
    }
}
