package io.mcpgateway.broker.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.mcp.JsonSlices;
import io.mcpgateway.broker.mcp.JsonText;
import io.mcpgateway.broker.mcp.RawJson;
import io.mcpgateway.broker.mcp.TextSpan;
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

    private final CapabilityKind kind;
    private final int start;
    /** One entry per key member, empty where it is not a string; likewise the types of {@code inputSchema}. */
    private final List<Optional<TextSpan>> keys = new ArrayList<>(1);

    private final List<JsonToken> schemas = new ArrayList<>(1);
    private final Map<String, Boolean> hints = new HashMap<>();

    /** Starts at the offset of the item's opening brace. */
    DefinitionReading(CapabilityKind kind, int start) {
        this.kind = kind;
        this.start = start;
    }

    /** Reads from the opening brace to the closing one. */
    void read(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            if (member.equals(kind.keyMember())) {
                readKey(parser, value);
            } else if (kind == CapabilityKind.TOOL && member.equals("inputSchema")) {
                schemas.add(value);
                parser.skipChildren();
            } else if (kind == CapabilityKind.TOOL && member.equals("annotations")) {
                readHints(parser, value);
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
        Optional<String> ofKey = flawOf(keys.getFirst().get().value());
        return ofKey.isPresent() || kind != CapabilityKind.TOOL ? ofKey : flawOfSchema();
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

    private Optional<String> flawOfSchema() {
        if (schemas.isEmpty()) {
            return Optional.of("it has no inputSchema");
        }
        return schemas.equals(List.of(JsonToken.START_OBJECT))
                ? Optional.empty()
                : Optional.of("its inputSchema is not an object");
    }

    /** What to call the item in a report, even if it has no key of its own. */
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

    /** The item without flaw, for {@code json[start..end)}. */
    Definition definition(byte[] json, int end) {
        TextSpan inPage = keys.getFirst().orElseThrow();
        TextSpan own = new TextSpan(inPage.value(), inPage.start() - start, inPage.end() - start);
        return new Definition(
                RawJson.of(json, start, end),
                own,
                new ToolHints(
                        hint("readOnlyHint"), hint("destructiveHint"), hint("idempotentHint"), hint("openWorldHint")));
    }

    private void readKey(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            keys.add(Optional.empty());
            parser.skipChildren();
            return;
        }
        String text = parser.getText();
        keys.add(Optional.of(new TextSpan(text, JsonSlices.tokenStart(parser), JsonSlices.valueEnd(parser))));
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

    private Optional<Boolean> hint(String member) {
        return Optional.ofNullable(hints.get(member));
    }

    /** The key travels in a header (x-mcp-toolname and the like). */
    private static boolean fitsHeader(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
