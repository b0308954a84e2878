package io.mcpgateway.broker.tracing.logs;

import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What a log record says besides its line. Pure.
 *
 * @param line JSON, as in a file
 * @param at empty for a line without {@code time}
 * @param span invalid for a line without {@code traceId} and {@code spanId}
 */
record LineRecord(String line, Optional<Instant> at, SpanContext span) {
    private static final String EVENT = "mcp_gateway.audit";

    static LineRecord of(String line) {
        RawJson json = RawJson.of(line);
        Optional<ObjectSpans> members = ObjectSpans.of(json);
        SpanContext span = SpanContext.create(
                text(json, members, "traceId").orElse(""),
                text(json, members, "spanId").orElse(""),
                TraceFlags.getDefault(),
                TraceState.getDefault());
        return new LineRecord(line, text(json, members, "time").flatMap(LineRecord::instant), span);
    }

    void into(LogRecordBuilder builder) {
        at.ifPresent(builder::setTimestamp);
        builder.setContext(Context.root().with(Span.wrap(span)))
                .setSeverity(Severity.INFO)
                .setEventName(EVENT)
                .setBody(line)
                .emit();
    }

    /** Times and IDs have no escapes. */
    private static Optional<String> text(RawJson json, Optional<ObjectSpans> members, String name) {
        return members.flatMap(all -> all.find(name))
                .map(member -> member.in(json).toString())
                .filter(value -> value.startsWith("\""))
                .map(value -> value.substring(1, value.length() - 1));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
