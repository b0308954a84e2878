package io.mcpgateway.broker.tracing.logs;

import io.mcpgateway.broker.audit.AuditSink;
import io.mcpgateway.broker.tracing.TraceVariables;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends lines to a collector, and waits until it says that it has them. OpenTelemetry's SDK makes and sends the records, as its
 * variables say; its queue is not used, because it drops records without telling how many.
 */
public final class CollectorSink implements AuditSink {
    private static final String SCOPE = "io.mcpgateway.broker.audit";
    private static final int MOST = 512;
    /** The exporter gives up earlier, unless its variables say otherwise. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Made made;
    private final LogRecordExporter exporter;
    private final Logger logger;

    private CollectorSink(Made made, LogRecordExporter exporter, Logger logger) {
        this.made = made;
        this.exporter = exporter;
        this.logger = logger;
    }

    /**
     * A sink as the variables say.
     *
     * @param version of the gateway
     * @throws IllegalArgumentException if OpenTelemetry does not accept a variable; the message says which
     */
    public static CollectorSink of(TraceVariables variables, String version) {
        Made made = new Made();
        List<LogRecordExporter> sends = new ArrayList<>();
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesCustomizer(_ -> variables.propertiesOfLogs())
                    .addResourceCustomizer((resource, _) ->
                            resource.toBuilder().put("service.version", version).build())
                    .addLogRecordExporterCustomizer((exporter, _) -> {
                        sends.add(exporter);
                        return LogRecordExporter.composite();
                    })
                    .addLogRecordProcessorCustomizer((queue, _) -> {
                        queue.shutdown();
                        return made;
                    })
                    .build()
                    .getOpenTelemetrySdk();
            Logger logger = sdk.getSdkLoggerProvider()
                    .loggerBuilder(SCOPE)
                    .setInstrumentationVersion(version)
                    .build();
            return new CollectorSink(made, LogRecordExporter.composite(sends), logger);
        } catch (ConfigurationException | IllegalStateException refused) {
            throw variables.refused(refused);
        }
    }

    @Override
    public int most() {
        return MOST;
    }

    @Override
    public void write(List<String> lines) throws IOException {
        lines.forEach(line -> LineRecord.of(line).into(logger.logRecordBuilder()));
        CompletableResultCode result = exporter.export(made.take()).join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!result.isSuccess()) {
            throw new IOException(
                    "the collector did not take them; is OTEL_EXPORTER_OTLP_ENDPOINT right, and is a collector there?");
        }
    }

    @Override
    public void close() {
        exporter.shutdown().join(1, TimeUnit.SECONDS);
    }

    /** Keeps the records that the SDK makes of lines until they are sent. */
    private static final class Made implements LogRecordProcessor {
        private final List<LogRecordData> records = new ArrayList<>();

        @Override
        public void onEmit(Context context, ReadWriteLogRecord made) {
            records.add(made.toLogRecordData());
        }

        List<LogRecordData> take() {
            List<LogRecordData> taken = List.copyOf(records);
            records.clear();
            return taken;
        }
    }
}
