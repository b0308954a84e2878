package io.mcpgateway.broker;

import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.dispatch.RequestScopes;
import io.mcpgateway.broker.endpoint.calls.CallBridge;
import io.mcpgateway.broker.endpoint.calls.ModernCallBridge;
import io.mcpgateway.broker.http.HttpHandler;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.SpanMetrics;
import io.mcpgateway.broker.tracing.TraceVariables;
import io.mcpgateway.broker.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Traces, if somebody wants them. Otherwise, nothing is wrapped, and none of OpenTelemetry's classes is loaded. */
record Traces(Optional<Tracing> tracing) {
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(5);

    /** To be called before anything else starts that takes requests: what it traces must end before it does. */
    static Traces start(
            BrokerSettings settings,
            SessionTokens sessions,
            SnapshotCell cell,
            InstantSource clock,
            MeterRegistry registry,
            Stops stops)
            throws StartFailure {
        TraceVariables variables = new TraceVariables(settings.openTelemetry());
        if (!variables.wanted()) {
            return new Traces(Optional.empty());
        }
        Duration drain = Duration.ofSeconds(settings.get(BrokerOptions.DRAIN_SECONDS));
        try {
            Tracing tracing = Tracing.start(
                    variables,
                    new Tracing.Parts(
                            BrokerMain.Version.text(),
                            sessions,
                            cell,
                            clock,
                            new SpanMetrics(registry),
                            drain.compareTo(MOST_PATIENCE) < 0 ? drain : MOST_PATIENCE));
            stops.push(tracing::close);
            return new Traces(Optional.of(tracing));
        } catch (IllegalArgumentException refused) {
            throw new StartFailure(List.of("traces cannot be sent: " + refused.getMessage()
                    + "; correct the variables that begin with OTEL_, or remove OTEL_EXPORTER_OTLP_ENDPOINT"));
        }
    }

    RequestDispatcher dispatcher(RequestDispatcher dispatcher) {
        return tracing.map(on -> on.dispatcher(dispatcher)).orElse(dispatcher);
    }

    Optional<RequestScopes> scopes() {
        return tracing.map(Tracing::scopes);
    }

    Executor carrying(Executor executor) {
        return tracing.map(on -> on.carrying(executor)).orElse(executor);
    }

    HttpHandler endpoint(HttpHandler handler) {
        return tracing.map(on -> on.endpoint(handler)).orElse(handler);
    }

    HttpHandler gateway(HttpHandler handler) {
        return tracing.map(on -> on.gateway(handler)).orElse(handler);
    }

    CallBridge bridge(CallBridge bridge) {
        return tracing.map(on -> on.bridge(bridge)).orElse(bridge);
    }

    ModernCallBridge bridge(ModernCallBridge bridge) {
        return tracing.map(on -> on.bridge(bridge)).orElse(bridge);
    }
}
