package io.mcpgateway.broker.mcp.extension;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The extensions that somebody supports (MCP 2026-07-28, {@code capabilities.extensions}), in the order of their names.
 *
 * @param settings by identifier: a JSON object, byte for byte
 */
public record Extensions(Map<String, RawJson> settings) {
    public static final Extensions NONE = new Extensions(Map.of());

    /** Identifiers and settings of one server; what makes it more is left out. */
    public static final int MAX_BYTES = 16_384;

    private static final int LONGEST_IDENTIFIER = 256;
    private static final String LABEL = "[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    /** As for keys of {@code _meta}, but the prefix is mandatory. */
    private static final Pattern IDENTIFIER =
            Pattern.compile(LABEL + "(?:\\." + LABEL + ")*/(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?");

    public Extensions {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /**
     * Of the {@code capabilities} of a client, which the strict parser accepted.
     *
     * @param capabilities a JSON object
     */
    public static Extensions ofClient(RawJson capabilities) {
        byte[] json = capabilities.bytes();
        Extensions[] found = {NONE};
        ObjectMembers.read(json, (name, value) -> {
            if (name.equals(McpExtensions.MEMBER) && value.currentToken() == JsonToken.START_OBJECT) {
                found[0] = read(value, json);
            }
            return true;
        });
        return found[0];
    }

    /**
     * Of the object whose opening brace the parser stands on; leaves it on the closing one. What MCP does not allow is
     * left out: names that are no identifiers, settings that are no objects.
     *
     * @param json what the parser reads
     */
    public static Extensions read(JsonParser parser, byte[] json) throws IOException {
        Map<String, RawJson> settings = new TreeMap<>();
        int bytes = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean allowed = parser.nextToken() == JsonToken.START_OBJECT && isIdentifier(name);
            int start = JsonSlices.tokenStart(parser);
            int end = JsonSlices.valueEnd(parser);
            int size = name.length() + end - start;
            if (allowed && size <= MAX_BYTES - bytes) {
                bytes += size;
                settings.put(name, RawJson.of(json, start, end));
            }
        }
        return new Extensions(settings);
    }

    public boolean isEmpty() {
        return settings.isEmpty();
    }

    public boolean has(String identifier) {
        return settings.containsKey(identifier);
    }

    /** The settings of an extension; empty if it is not supported. */
    public Optional<RawJson> find(String identifier) {
        return Optional.ofNullable(settings.get(identifier));
    }

    /** Only those whose identifier is accepted. */
    public Extensions only(Predicate<String> accepted) {
        return new Extensions(settings.entrySet().stream()
                .filter(entry -> accepted.test(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The JSON object. */
    public RawJson json() {
        return RawJson.of(settings.entrySet().stream()
                .map(entry -> JsonText.quote(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}")));
    }

    private static boolean isIdentifier(String name) {
        return name.length() <= LONGEST_IDENTIFIER && IDENTIFIER.matcher(name).matches();
    }
}
