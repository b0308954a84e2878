package io.mcpgateway.broker.tracing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What spans need of a message, found in one pass over its bytes, because this runs for every call. It judges nothing: the
 * router does. Belongs to one message; does not change once it is made.
 */
final class SpanScan {
    private static final String METHOD = "method";
    private static final String ID = "id";
    private static final String NAME = "name";
    private static final String URI = "uri";
    private static final String PARAMS = "params";
    private static final String META = "_meta";

    /**
     * An object in the message.
     *
     * @param start of its opening brace
     * @param end behind its closing brace
     */
    record Place(int start, int end, boolean empty) {}

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> context = new HashMap<>(4);
    private Optional<Place> params = Optional.empty();
    private Optional<Place> meta = Optional.empty();
    private boolean hasMeta;
    private boolean hasContext;
    private int members;

    private SpanScan() {}

    /** Empty if it is not one JSON object. */
    static Optional<SpanScan> of(RawJson message) {
        SpanScan scan = new SpanScan();
        return message.read(bytes -> ObjectMembers.read(bytes, scan::member)) == ObjectMembers.End.WHOLE
                ? Optional.of(scan)
                : Optional.empty();
    }

    private boolean member(String name, JsonParser value) throws IOException {
        switch (name) {
            case METHOD -> text(name, value);
            case ID -> {
                if (value.currentToken().isScalarValue()) {
                    texts.put(ID, value.getText());
                }
            }
            case PARAMS -> params = object(value, this::param);
            default -> {}
        }
        return true;
    }

    private boolean param(String name, JsonParser value) throws IOException {
        switch (name) {
            case NAME, URI -> text(name, value);
            case META -> {
                hasMeta = true;
                meta = object(value, this::metaMember);
            }
            default -> {}
        }
        members++;
        return true;
    }

    private boolean metaMember(String name, JsonParser value) throws IOException {
        members++;
        if (MetaContext.FIELDS.contains(name)) {
            hasContext = true;
            if (value.currentToken() == JsonToken.VALUE_STRING) {
                context.put(name, value.getText());
            }
        } else if (name.equals(McpMeta.PROTOCOL_VERSION)) {
            text(name, value);
        }
        return true;
    }

    private Optional<Place> object(JsonParser value, ObjectMembers.Visitor visitor) throws IOException {
        if (value.currentToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        int start = JsonSlices.tokenStart(value);
        members = 0;
        ObjectMembers.within(value, visitor);
        return Optional.of(new Place(start, JsonSlices.valueEnd(value), members == 0));
    }

    private void text(String name, JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            texts.put(name, value.getText());
        }
    }

    Optional<String> method() {
        return Optional.ofNullable(texts.get(METHOD));
    }

    /** As text, whatever it is. */
    Optional<String> id() {
        return Optional.ofNullable(texts.get(ID));
    }

    Optional<String> name() {
        return Optional.ofNullable(texts.get(NAME));
    }

    Optional<String> uri() {
        return Optional.ofNullable(texts.get(URI));
    }

    Optional<String> revision() {
        return Optional.ofNullable(texts.get(McpMeta.PROTOCOL_VERSION));
    }

    /** The trace context in {@code _meta}; a value that is no string counts as absent. */
    Map<String, String> context() {
        return context;
    }

    /** Whether {@code _meta} has members of a trace context, whatever they are. */
    boolean hasContext() {
        return hasContext;
    }

    /** Of the object {@code params}. */
    Optional<Place> params() {
        return params;
    }

    /** Whether there is a member {@code _meta}, whatever it is. */
    boolean hasMeta() {
        return hasMeta;
    }

    /** Of the object {@code _meta}. */
    Optional<Place> meta() {
        return meta;
    }
}
