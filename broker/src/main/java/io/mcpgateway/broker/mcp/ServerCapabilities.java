package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.broker.mcp.extension.Extensions;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** What a server declared in its answer to {@code initialize} or {@code server/discover}, as far as the gateway reads it. */
public record ServerCapabilities(Set<Capability> declared, Extensions extensions) {
    public static final ServerCapabilities NONE = new ServerCapabilities(Set.of());

    public ServerCapabilities {
        declared = Set.copyOf(declared);
        Objects.requireNonNull(extensions, "extensions");
    }

    /** Of a server without extensions. */
    public ServerCapabilities(Set<Capability> declared) {
        this(declared, Extensions.NONE);
    }

    /** Of the paths that {@code capabilities} holds; those that the gateway does not know mean nothing. */
    private static Set<Capability> ofPaths(Collection<String> paths) {
        Set<Capability> declared = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if (paths.contains(capability.path())) {
                declared.add(capability);
            }
        }
        return declared;
    }

    /**
     * Of the {@code capabilities} whose opening brace the parser stands on; leaves it on the closing one.
     *
     * @param json what the parser reads
     */
    public static ServerCapabilities read(JsonParser parser, byte[] json) throws IOException {
        Set<String> paths = new HashSet<>();
        Extensions extensions = Extensions.NONE;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT && name.equals(McpExtensions.MEMBER)) {
                extensions = Extensions.read(parser, json);
            } else if (parser.currentToken() == JsonToken.START_OBJECT) {
                paths.add(name);
                trueMembers(parser).forEach(member -> paths.add(name + "." + member));
            } else {
                parser.skipChildren();
            }
        }
        return new ServerCapabilities(ofPaths(paths), extensions);
    }

    private static Set<String> trueMembers(JsonParser parser) throws IOException {
        Set<String> members = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_TRUE) {
                members.add(name);
            }
            parser.skipChildren();
        }
        return members;
    }

    public boolean has(Capability capability) {
        return declared.contains(capability);
    }
}
