package io.mcpgateway.broker.tracing;

import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.TraceHeaders;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The trace context in {@code params._meta} (SEP-414). Pure. */
final class MetaContext {
    private static final String PARAMS = "params";
    private static final String META = "_meta";
    static final Set<String> FIELDS = Set.of(TraceHeaders.TRACEPARENT, TraceHeaders.TRACESTATE);

    /** Which messages get a context. */
    enum Where {
        /** All that have params. */
        ANYWHERE,
        /** Those that have one already: it would contradict the header. */
        IN_ITS_PLACE
    }

    private MetaContext() {}

    /** What a message says; a value that is no string counts as absent. */
    static Map<String, String> read(RawJson message) {
        Map<String, String> found = new HashMap<>();
        ObjectMembers.Visitor meta = (name, value) -> {
            if (FIELDS.contains(name) && value.currentToken() == JsonToken.VALUE_STRING) {
                found.put(name, value.getText());
            }
            return true;
        };
        message.read(
                bytes -> ObjectMembers.read(bytes, ObjectMembers.inside(PARAMS, ObjectMembers.inside(META, meta))));
        return found;
    }

    /** The message with this context; every other byte as it was. */
    static RawJson write(RawJson message, Map<String, String> context, Where where) {
        Optional<ObjectSpans> params = ObjectSpans.of(message)
                .flatMap(whole -> whole.find(PARAMS))
                .flatMap(member -> ObjectSpans.of(message, member));
        List<Splice> edits =
                params.map(object -> edits(message, object, context, where)).orElse(List.of());
        return edits.isEmpty() ? message : Splice.all(edits, message);
    }

    private static List<Splice> edits(RawJson message, ObjectSpans params, Map<String, String> context, Where where) {
        List<String> added = context.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(field -> JsonText.quote(field.getKey()) + ":" + JsonText.quote(field.getValue()))
                .toList();
        Optional<ObjectSpans.Member> meta = params.find(META);
        if (meta.isEmpty()) {
            return where == Where.ANYWHERE
                    ? params.edit(_ -> false, List.of("\"" + META + "\":{" + String.join(",", added) + "}"))
                    : List.of();
        }
        return meta.flatMap(member -> ObjectSpans.of(message, member))
                .filter(object -> where == Where.ANYWHERE
                        || object.find(TraceHeaders.TRACEPARENT).isPresent())
                .map(object -> object.edit(FIELDS::contains, added))
                .orElse(List.of());
    }
}
