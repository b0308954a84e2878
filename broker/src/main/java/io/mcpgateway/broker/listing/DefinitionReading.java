package io.mcpgateway.broker.listing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.definition.ParamHeaders;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reading of one item of a list. */
final class DefinitionReading {
    static final int MAX_NAME_LENGTH = 128;
    static final int MAX_URI_LENGTH = 2048;
    private static final int MAX_LABEL_LENGTH = 60;
    /** MCP Apps, "Resource Discovery": {@code _meta.ui.resourceUri}, and what it was called before. */
    private static final String UI = "ui";

    private static final String UI_RESOURCE = "resourceUri";
    private static final String UI_BEFORE = "ui/resourceUri";
    private static final String UI_SCHEME = "ui://";

    private final CapabilityKind kind;
    /** One entry per key member, empty where it is not a string. */
    private final List<Optional<TextSpan>> keys = new ArrayList<>(1);

    private final Map<String, Boolean> hints = new HashMap<>();
    private Optional<String> uiResource = Optional.empty();

    private DefinitionReading(CapabilityKind kind) {
        this.kind = kind;
    }

    static DefinitionReading of(CapabilityKind kind, RawJson json) throws IOException {
        DefinitionReading reading = new DefinitionReading(kind);
        try (JsonParser parser = JsonSlices.openObject(json.bytes())) {
            reading.read(parser);
        }
        return reading;
    }

    private void read(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            if (member.equals(kind.keyMember())) {
                readKey(parser, value);
            } else if (kind == CapabilityKind.TOOL && member.equals("annotations")) {
                readHints(parser, value);
            } else if (kind == CapabilityKind.TOOL
                    && member.equals(McpMeta.MEMBER)
                    && value == JsonToken.START_OBJECT) {
                ObjectMembers.within(parser, this::visitMeta);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Why the item cannot be served, if it cannot. */
    Optional<String> flaw() {
        String member = kind.keyMember();
        if (keys.isEmpty()) {
            return Optional.of("it has no " + member);
        }
        if (keys.size() > 1) {
            return Optional.of("it has two " + member + "s");
        }
        if (keys.getFirst().isEmpty()) {
            return Optional.of("its " + member + " is not a string");
        }
        return flawOf(keys.getFirst().get().value());
    }

    private Optional<String> flawOf(String key) {
        String member = kind.keyMember();
        int longest = kind.prefixed() ? MAX_NAME_LENGTH : MAX_URI_LENGTH;
        if (key.isEmpty()) {
            return Optional.of("its " + member + " is empty");
        }
        if (key.length() > longest) {
            return Optional.of("its " + member + " is longer than " + longest + " characters");
        }
        if (!fitsHeader(key)) {
            return Optional.of("its " + member + " has characters that no header can carry");
        }
        return kind == CapabilityKind.RESOURCE_TEMPLATE
                        && UriTemplate.parse(key).isEmpty()
                ? Optional.of("its uriTemplate is not a valid RFC 6570 template")
                : Optional.empty();
    }

    /** The item's name in a report, even if it has no key. */
    String label(int position) {
        String key = keys.stream()
                .flatMap(Optional::stream)
                .findFirst()
                .map(TextSpan::value)
                .orElse("");
        // Through bytes, because half a surrogate pair cannot be written into /status.
        String writable = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return key.isEmpty() ? kind.noun() + " " + position : JsonText.excerpt(writable, MAX_LABEL_LENGTH);
    }

    /** The item without flaw, of the JSON that was read. */
    Definition definition(RawJson json, ParamHeaders paramHeaders) {
        return new Definition(
                json,
                keys.getFirst().orElseThrow(),
                new ToolHints(
                        hint("readOnlyHint"),
                        hint("destructiveHint"),
                        hint("idempotentHint"),
                        hint("openWorldHint"),
                        uiResource),
                paramHeaders);
    }

    private void readKey(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            keys.add(Optional.empty());
            parser.skipChildren();
            return;
        }
        keys.add(Optional.of(JsonSlices.textSpan(parser)));
    }

    private void readHints(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String hint = parser.currentName();
            JsonToken token = parser.nextToken();
            if (hint.endsWith("Hint") && token.isBoolean()) {
                hints.put(hint, token == JsonToken.VALUE_TRUE);
            }
            parser.skipChildren();
        }
    }

    private boolean visitMeta(String member, JsonParser value) throws IOException {
        if (member.equals(UI_BEFORE)) {
            visitUi(UI_RESOURCE, value);
        }
        return !member.equals(UI)
                || value.currentToken() != JsonToken.START_OBJECT
                || ObjectMembers.within(value, this::visitUi);
    }

    private boolean visitUi(String member, JsonParser value) throws IOException {
        if (member.equals(UI_RESOURCE) && value.currentToken() == JsonToken.VALUE_STRING) {
            uiResource = Optional.of(value.getText())
                    .filter(uri -> uri.startsWith(UI_SCHEME) && uri.length() <= MAX_URI_LENGTH && fitsHeader(uri));
        }
        return true;
    }

    private Optional<Boolean> hint(String member) {
        return Optional.ofNullable(hints.get(member));
    }

    /** The key travels in a header (x-mcp-toolname and the like). */
    private static boolean fitsHeader(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
