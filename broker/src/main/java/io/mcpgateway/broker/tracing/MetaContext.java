package io.mcpgateway.broker.tracing;

import io.mcpgateway.api.wire.TraceHeaders;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the trace context into {@code params._meta} (SEP-414). Pure. */
final class MetaContext {
    static final Set<String> FIELDS = Set.of(TraceHeaders.TRACEPARENT, TraceHeaders.TRACESTATE);
    private static final String META = "_meta";

    private MetaContext() {}

    /** The message with this context, if it has params; every other byte as it was. */
    static RawJson write(RawJson message, Map<String, String> context) {
        return SpanScan.of(message).map(scan -> write(message, scan, context)).orElse(message);
    }

    /**
     * The same.
     *
     * @param scan of the message
     */
    static RawJson write(RawJson message, SpanScan scan, Map<String, String> context) {
        List<Splice> edits = edits(message, scan, context);
        return edits.isEmpty() ? message : Splice.all(edits, message);
    }

    private static List<Splice> edits(RawJson message, SpanScan scan, Map<String, String> context) {
        String members = context.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(field -> JsonText.quote(field.getKey()) + ":" + JsonText.quote(field.getValue()))
                .collect(Collectors.joining(","));
        if (scan.hasContext()) {
            SpanScan.Place meta = scan.meta().orElseThrow();
            return ObjectSpans.of(message, new ObjectSpans.Member(META, meta.start(), meta.start(), meta.end()))
                    .map(object -> object.edit(FIELDS::contains, List.of(members)))
                    .orElse(List.of());
        }
        Optional<Splice> added = scan.hasMeta()
                ? scan.meta().map(meta -> inFront(meta, members))
                : scan.params().map(params -> inFront(params, "\"" + META + "\":{" + members + "}"));
        return added.map(List::of).orElse(List.of());
    }

    private static Splice inFront(SpanScan.Place object, String members) {
        return new Splice(object.start(), object.start() + 1, "{" + members + (object.empty() ? "" : ","));
    }
}
