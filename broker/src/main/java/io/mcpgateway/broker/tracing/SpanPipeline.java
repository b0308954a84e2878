package io.mcpgateway.broker.tracing;

import io.mcpgateway.broker.telemetry.SpanMetrics;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What samples, collects and sends spans: OpenTelemetry's SDK, as its variables say. */
record SpanPipeline(SdkTracerProvider provider, BoundedSpans bound, String version) {
    private static final String SCOPE = "io.mcpgateway.broker";
    private static final String QUEUE = "otel.bsp.max.queue.size";
    private static final int USUAL_QUEUE = 2048;

    /**
     * Begins to send.
     *
     * @param version of the gateway
     * @throws IllegalArgumentException if OpenTelemetry does not accept a variable; the message says which
     */
    static SpanPipeline start(TraceVariables variables, String version, SpanMetrics metrics) {
        Map<String, String> properties = variables.properties();
        BoundedSpans bound = new BoundedSpans(room(properties), metrics);
        try {
            SdkTracerProvider provider = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesCustomizer(_ -> properties)
                    .addResourceCustomizer((resource, _) ->
                            resource.toBuilder().put("service.version", version).build())
                    .addSpanExporterCustomizer((exporter, _) -> bound.around(exporter))
                    .addSpanProcessorCustomizer((processor, _) -> bound.around(processor))
                    .build()
                    .getOpenTelemetrySdk()
                    .getSdkTracerProvider();
            return new SpanPipeline(provider, bound, version);
        } catch (ConfigurationException | IllegalStateException refused) {
            throw variables.refused(refused);
        }
    }

    private static int room(Map<String, String> properties) {
        try {
            return Integer.parseInt(properties.getOrDefault(QUEUE, Integer.toString(USUAL_QUEUE)));
        } catch (NumberFormatException notANumber) {
            // The SDK says so itself.
            return USUAL_QUEUE;
        }
    }

    Tracer tracer() {
        return provider.get(SCOPE, version);
    }

    /** Sends what waits; what is left after the patience is counted as dropped. */
    void close(Duration patience) {
        provider.shutdown().join(patience.toMillis(), TimeUnit.MILLISECONDS);
        bound.close();
    }
}
