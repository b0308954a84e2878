package io.mcpgateway.broker;

import io.mcpgateway.broker.audit.AuditLog;
import io.mcpgateway.broker.audit.AuditReader;
import io.mcpgateway.broker.audit.AuditSink;
import io.mcpgateway.broker.audit.AuditedDispatcher;
import io.mcpgateway.broker.audit.StreamSink;
import io.mcpgateway.broker.dispatch.RequestDispatcher;
import io.mcpgateway.broker.session.SessionTokens;
import io.mcpgateway.broker.settings.AuditMode;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import io.mcpgateway.broker.telemetry.AuditMetrics;
import io.mcpgateway.broker.tracing.TraceVariables;
import io.mcpgateway.broker.tracing.logs.CollectorSink;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Starts the audit log, if it is asked for. */
record AuditWiring(
        BrokerSettings settings, SnapshotCell cell, InstantSource clock, MeterRegistry registry, Stops stops) {
    private static final String STDOUT = "stdout";
    private static final String OTLP = "otlp";

    /** Returns a function that wraps an adapter's dispatcher; without an audit log, it changes nothing. */
    UnaryOperator<RequestDispatcher> start(byte[] key, SessionTokens sessions) throws StartFailure {
        Optional<String> target = settings.get(BrokerOptions.AUDIT_LOG);
        if (target.isEmpty()) {
            return UnaryOperator.identity();
        }
        AuditLog log = AuditLog.start(sink(target.get()), new AuditMetrics(registry));
        stops.push(log::close);
        AuditReader reader = AuditReader.withKey(key, settings.get(BrokerOptions.AUDIT_ARGUMENTS));
        boolean blocking = settings.get(BrokerOptions.AUDIT_MODE) == AuditMode.BLOCKING_STRICT;
        AuditedDispatcher.Audit audit = new AuditedDispatcher.Audit(reader, sessions, cell, clock, log, blocking);
        return dispatcher -> new AuditedDispatcher(dispatcher, audit);
    }

    private AuditSink sink(String target) throws StartFailure {
        return target.equals(OTLP) ? collector() : new StreamSink(open(target));
    }

    private AuditSink collector() throws StartFailure {
        TraceVariables variables = new TraceVariables(settings.openTelemetry());
        if (!variables.sayWhereLogsGo()) {
            throw new StartFailure(
                    List.of(
                            "the audit log has no collector (--audit-log otlp): set"
                                    + " OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, or OTEL_EXPORTER_OTLP_ENDPOINT for logs and traces, to its URL"));
        }
        try {
            return CollectorSink.of(variables, BrokerMain.Version.text());
        } catch (IllegalArgumentException refused) {
            throw new StartFailure(List.of("the audit log cannot be sent: " + refused.getMessage()
                    + "; correct the variables that begin with OTEL_, or set another --audit-log"));
        }
    }

    private static OutputStream open(String target) throws StartFailure {
        if (target.equals(STDOUT)) {
            return new FileOutputStream(FileDescriptor.out);
        }
        Path file = Path.of(target);
        try {
            if (Files.notExists(file)
                    && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return new FileOutputStream(file.toFile(), true);
        } catch (IOException problem) {
            throw new StartFailure(List.of("cannot write the audit log " + file + " (--audit-log): "
                    + problem.getMessage() + "; use a folder that exists and is writable, 'stdout' or 'otlp'"));
        }
    }
}
